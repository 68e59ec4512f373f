"""Every address of inspections, with its full path."""

from __future__ import annotations

from django.urls import include, path

from inspections.views import ceremony, directories, draws, field, lists, public

app_name = "inspections"

urlpatterns = [
    path("draws/", public.public_list, name="public_draws"),
    path("draws/verify_dr1.py", public.public_program, name="public_program"),
    path("draws/items/", public.public_items, name="public_items"),
    path("draws/<str:number>/", public.public_page, name="public_draw"),
    path("draws/<str:number>/bundle.json", public.public_bundle_file, name="public_bundle"),
    path("draws/<str:number>/verify/", public.public_verify, name="public_verify"),
    path("draws/<str:number>/verify.html", public.public_verifier, name="public_verifier"),
    path("desk/draws/", draws.draw_list, name="draws"),
    path("desk/draws/new/", draws.new_draw, name="new_draw"),
    path("desk/draws/<str:number>/", draws.draw_page, name="draw"),
    path(
        "desk/draws/<str:number>/exclusions/approve/",
        draws.approve_draw_exclusions,
        name="approve_exclusions",
    ),
    path("desk/draws/<str:number>/commit/", draws.commit_draw, name="commit"),
    path("desk/draws/<str:number>/ceremony/", ceremony.ceremony, name="ceremony"),
    path("desk/draws/<str:number>/draw/", ceremony.draw_now, name="draw_now"),
    path("desk/draws/<str:number>/reveal/", draws.reveal_page, name="reveal"),
    path("desk/draws/<str:number>/void/", draws.void_page, name="void"),
    path("desk/draws/<str:number>/void/sign/", draws.sign_void, name="sign_void"),
    path("desk/draws/<str:number>/lists/", lists.draw_lists, name="lists"),
    path("desk/draws/<str:number>/lists/print/", lists.print_lists, name="print_lists"),
    path("desk/draws/<str:number>/teams/<str:team>/days/", lists.team_days, name="team_days"),
    path(
        "desk/draws/<str:number>/teams/<str:team>/members/<str:code>/replace/",
        lists.replace_member,
        name="replace_member",
    ),
    path(
        "desk/draws/<str:number>/premises/<str:register_id>/replace/",
        lists.replace_premises,
        name="replace_premises",
    ),
    path("desk/draws/<str:number>/papers/<str:name>.pdf", lists.paper, name="paper"),
    path("desk/inspection-objects/", directories.object_list, name="objects"),
    path("desk/inspectors/", directories.inspector_list, name="inspectors"),
    path("desk/inspectors/new/", directories.new_inspector, name="new_inspector"),
    path("desk/inspectors/<uuid:public_id>/", directories.inspector_page, name="inspector"),
    path(
        "desk/inspectors/<uuid:public_id>/edit/", directories.edit_inspector, name="edit_inspector"
    ),
    path(
        "desk/inspectors/<uuid:public_id>/recusals/new/",
        directories.new_recusal,
        name="new_recusal",
    ),
    path(
        "desk/inspectors/<uuid:public_id>/recusals/<uuid:recusal_id>/lift/",
        directories.lift_recusal,
        name="lift_recusal",
    ),
    path("desk/inspection-items/", directories.item_list, name="items"),
    path("desk/inspection-items/load/", directories.load_shipped_items, name="load_items"),
    path(
        "desk/inspection-items/<uuid:public_id>/publish/",
        directories.publish_one,
        name="publish_item",
    ),
    path(
        "desk/inspection-items/<uuid:public_id>/withdraw/",
        directories.withdraw_one,
        name="withdraw_item",
    ),
    path("field/teams/", field.my_day, name="my_teams"),
    path("field/teams/<str:number>/", field.my_list, name="my_team"),
    path("field/teams/<str:number>/<str:name>.pdf", field.my_paper, name="my_paper"),
    path("", include("inspections.urls.visits")),
    path("", include("inspections.urls.findings")),
    path("", include("inspections.urls.paper")),
    path("", include("inspections.urls.plans")),
]
