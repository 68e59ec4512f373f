"""What may be handed in as a document, told by its first bytes: PDF, DOCX, JPG or PNG."""

from __future__ import annotations

from institutions.core.journeys.documents import document_media_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ZIP = b"PK\x03\x04"
_WORD_PART = b"word/document.xml"


def material_media_type(data: bytes) -> str:
    """The media type by the file's own bytes, or nothing for a kind that is not taken.

    A DOCX is an archive that names its main part; any other archive is not taken.
    """
    found = document_media_type(data)
    if found:
        return found
    return DOCX if data.startswith(_ZIP) and _WORD_PART in data else ""
