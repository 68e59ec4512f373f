# Not yet built: no Docker engine was at hand (docs/deploy.md). Each step is what `make setup` does.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONUTF8=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=regulator.settings.production

# The native packages are listed once, in packaging/debian.txt; those needed to run are installed.
COPY packaging/debian.txt /tmp/debian.txt
RUN apt-get update \
 && awk '!/^#/ && $2 == "run" { print $1 }' /tmp/debian.txt \
    | xargs apt-get install -y --no-install-recommends \
 && rm -rf /var/lib/apt/lists/* /tmp/debian.txt

RUN useradd --system --uid 10001 --home-dir /srv/regulator --shell /usr/sbin/nologin regulator \
 && mkdir -p /srv/regulator /data \
 && chown regulator:regulator /data
WORKDIR /srv/regulator

COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt

COPY . .
RUN python packaging/messages.py compile

USER regulator
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "regulator.wsgi:application", "--bind", "0.0.0.0:8000"]
