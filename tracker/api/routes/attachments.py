"""Files: listed and attached at what they belong to, and read by an address of their own."""

from flask import Response, send_file

from tracker.accounts.rules import ApiFeature
from tracker.api.bodies import filled, refusing
from tracker.api.operations import whole
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.attachments import Attachment
from tracker.attachments import commands, policy, queries
from tracker.attachments.forms import AttachmentForm, hints_about
from tracker.core import clock, storage
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.core.wording import lazy_gettext as _l

F = ApiFeature.FILES
OF_A_ROW = "/<any(meetings, proposals, actions):of>/<row:row_id>/attachments"


def _parent(of: str, row_id: int) -> queries.Parent:
    return queries.parent_of(*(row_id if of == kind else None for kind in ("meetings", "proposals", "actions")))


@operation("GET", OF_A_ROW, summary=_l("The files of a meeting, proposal or follow-up"), feature=F,
           answers=Attachment, is_list=True)  # fmt: skip
def list_attachments(of: str, row_id: int) -> Listing[Attachment]:
    return whole([Attachment.of(row) for row in queries.files_of(_parent(of, row_id), me()).rows])


@operation("GET", "/attachments/<row:attachment_id>", summary=_l("What is told about a file"), feature=F,
           answers=Attachment)  # fmt: skip
def show_attachment(attachment_id: int) -> Attachment:
    return Attachment.of(queries.attachment(attachment_id))


@operation("GET", "/attachments/<row:attachment_id>/content", summary=_l("The bytes of a file"), feature=F,
           answers=Attachment, is_file=True)  # fmt: skip
def download_attachment(attachment_id: int) -> Response:
    """As plain bytes: `media_type` of the row says what they are."""
    row = queries.attachment(attachment_id)
    stored = storage.store().open(row.mark)
    if stored is None:
        raise NotFound
    return send_file(
        stored, "application/octet-stream", as_attachment=True, download_name=row.name, etag=row.mark, conditional=False
    )


@operation(
    "POST", OF_A_ROW, summary=_l("Attach a file, for example the evidence of a follow-up"), feature=F,
    answers=Attachment, takes=AttachmentForm, shown_by=show_attachment,
    example={"kind": "evidence", "file": {"name": "surat.txt", "content": "U3VyYXQgZWRhcmFu"}},
)  # fmt: skip
def attach_file(of: str, row_id: int) -> dict[str, int]:
    parent = _parent(of, row_id)
    ensure(policy.may_attach(me(), parent))
    form = filled(AttachmentForm).offered(parent, me().clearance)
    with refusing(form):
        form.check_with_hints(lambda: hints_about(form))
        row = commands.attach(parent, form.draft(), by=me(), at=clock.now())
    return {"attachment_id": row.id}
