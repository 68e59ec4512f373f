"""Login, desks, people."""

from __future__ import annotations

from django.urls import path

from regulator.accounts.views import desks, login, people

app_name = "accounts"

urlpatterns = [
    path("login/", login.login_page, name="login"),
    path("logout/", login.logout_page, name="logout"),
    path("account/", desks.account_page, name="account"),
    path("account/password/", login.password_page, name="password"),
    path("account/desk/", login.change_desk, name="change_desk"),
    path("p/<str:token>/", login.private_link_page, name="private_link"),
    path("desk/desks/<uuid:public_id>/stand-in/", desks.stand_in_page, name="stand_in"),
    path("desk/stand-ins/<uuid:public_id>/end/", desks.stand_in_end, name="stand_in_end"),
    path("desk/desks/<uuid:public_id>/hand-over/", desks.hand_over_page, name="hand_over"),
    path("desk/people/", people.people_page, name="people"),
    path("desk/people/new/", people.person_new, name="person_new"),
    path("desk/people/<uuid:public_id>/", people.person_page, name="person"),
    path("desk/people/<uuid:public_id>/appoint/", people.person_appoint, name="person_appoint"),
    path("desk/people/<uuid:public_id>/activity/", people.person_activity, name="person_activity"),
]
