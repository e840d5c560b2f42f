"""The one table of who may reach which URL. Everything that is not here is refused.

A row says: URL name → which methods, who, and the check that the view's object must pass.
`who` is PUBLIC, SIGNED_IN or a set of grants, one of which is needed. Which rows exist for a person
is `visible_to`; what they may do to one is the check, a dotted `can_<verb>(user, obj)`. `fresh`
asks for the password or the second factor again, unless that was just done. `by_itself` is what a
page asks without anybody doing something: it does not keep a session from ending.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.contrib.auth.models import AnonymousUser

from .models import Grant, User


class Who(Enum):
    PUBLIC = "everybody"
    SIGNED_IN = "signed in"


@dataclass(frozen=True)
class Rule:
    methods: frozenset[str]
    who: Who | frozenset[str]
    check: str = ""
    fresh: bool = False
    by_itself: bool = False

    def admits(self, user: User | AnonymousUser) -> bool:
        """May this user reach the URL at all? `user` is signed in unless the rule is public."""
        if self.who is Who.PUBLIC:
            return True
        if not isinstance(user, User):
            return False
        return user.is_authenticated and (isinstance(self.who, Who) or user.holds(*self.who))

    def in_words(self) -> str:
        who = self.who.value if isinstance(self.who, Who) else " or ".join(sorted(self.who))
        return f"{who}, if {self.check}" if self.check else who


READ = frozenset({"GET", "HEAD"})
WRITE = frozenset({"POST"})
FORM = READ | WRITE

PUBLIC, SIGNED_IN = Who.PUBLIC, Who.SIGNED_IN
ADMIN = frozenset({Grant.Kind.ADMINISTRATOR})
RECRUITER = frozenset({Grant.Kind.RECRUITER})
EDITOR = frozenset({Grant.Kind.QUESTION_EDITOR})
BANK = EDITOR | RECRUITER

_CARDS = "scorecards.permissions."

RULES: dict[str, Rule] = {
    # sign-in and account (django-allauth's views; only these of its URLs are included)
    "account_login": Rule(FORM, PUBLIC),
    "account_logout": Rule(WRITE, SIGNED_IN),
    "account_inactive": Rule(READ, PUBLIC),
    "account_reset_password": Rule(FORM, PUBLIC),
    "account_reset_password_done": Rule(READ, PUBLIC),
    "account_reset_password_from_key": Rule(FORM, PUBLIC),
    "account_reset_password_from_key_done": Rule(READ, PUBLIC),
    "account_change_password": Rule(FORM, SIGNED_IN),
    "account_reauthenticate": Rule(FORM, SIGNED_IN),
    "mfa_authenticate": Rule(FORM, PUBLIC),
    "mfa_reauthenticate": Rule(FORM, SIGNED_IN),
    "mfa_reauthenticate_webauthn": Rule(FORM, SIGNED_IN),
    "mfa_index": Rule(READ, SIGNED_IN),
    "mfa_activate_totp": Rule(FORM, SIGNED_IN, fresh=True),
    "mfa_deactivate_totp": Rule(FORM, SIGNED_IN, fresh=True),
    "mfa_view_recovery_codes": Rule(READ, SIGNED_IN, fresh=True),
    "mfa_generate_recovery_codes": Rule(FORM, SIGNED_IN, fresh=True),
    "mfa_list_webauthn": Rule(READ, SIGNED_IN),
    "mfa_add_webauthn": Rule(FORM, SIGNED_IN, fresh=True),
    "mfa_remove_webauthn": Rule(FORM, SIGNED_IN, fresh=True),
    "openid_connect_login": Rule(WRITE, PUBLIC),
    "openid_connect_callback": Rule(READ, PUBLIC),
    "socialaccount_login_cancelled": Rule(READ, PUBLIC),
    "socialaccount_login_error": Rule(READ, PUBLIC),
    "account": Rule(FORM, SIGNED_IN),
    "session_end": Rule(WRITE, SIGNED_IN),
    # people
    "person_list": Rule(READ, ADMIN),
    "person_invite": Rule(FORM, ADMIN, fresh=True),
    "person_detail": Rule(READ, ADMIN),
    "person_grant": Rule(WRITE, ADMIN, fresh=True),
    "person_revoke": Rule(WRITE, ADMIN, fresh=True),
    "person_deactivate": Rule(WRITE, ADMIN),
    "person_reactivate": Rule(WRITE, ADMIN, fresh=True),
    "person_send_link": Rule(WRITE, ADMIN),
    "trail_list": Rule(READ, ADMIN),
    # privacy
    "privacy_list": Rule(READ, ADMIN),
    "candidate_privacy": Rule(READ, ADMIN),
    "candidate_hold": Rule(WRITE, ADMIN),
    "erasure_request": Rule(WRITE, ADMIN),
    "erasure_withdraw": Rule(WRITE, ADMIN),
    "candidate_erase": Rule(WRITE, ADMIN, fresh=True),
    # roles and areas
    "role_list": Rule(READ, SIGNED_IN),
    "role_compare": Rule(READ, SIGNED_IN),
    "role_finder": Rule(READ, SIGNED_IN),
    "role_detail": Rule(READ, SIGNED_IN),
    "role_new": Rule(FORM, EDITOR),
    "role_edit": Rule(FORM, EDITOR),
    "role_profile": Rule(FORM, EDITOR),
    "area_list": Rule(READ, SIGNED_IN),
    "area_new": Rule(FORM, EDITOR),
    "area_edit": Rule(FORM, EDITOR),
    # the bank
    "question_list": Rule(READ, BANK),
    "question_detail": Rule(READ, BANK),
    "question_version": Rule(READ, BANK),
    "question_new": Rule(FORM, EDITOR),
    "question_edit": Rule(FORM, EDITOR),
    "question_publish": Rule(FORM, EDITOR),
    "question_discard_draft": Rule(WRITE, EDITOR),
    "question_compare": Rule(READ, BANK),
    "question_preview": Rule(READ, EDITOR),
    "question_autosave": Rule(WRITE, EDITOR),
    "question_retire": Rule(WRITE, EDITOR),
    "question_restore": Rule(WRITE, EDITOR),
    "bank_export": Rule(READ, BANK),
    "bank_import": Rule(FORM, EDITOR),
    "question_set_new": Rule(FORM, EDITOR),
    "question_set_edit": Rule(FORM, EDITOR),
    "question_set_publish": Rule(FORM, EDITOR),
    "question_set_copy": Rule(FORM, EDITOR),
    "question_set_discard_draft": Rule(WRITE, EDITOR),
    "question_set_list": Rule(READ, BANK),
    "question_set_detail": Rule(READ, BANK),
    "question_set_print": Rule(READ, BANK),
    # openings
    "opening_list": Rule(READ, SIGNED_IN),
    "opening_new": Rule(FORM, RECRUITER),
    "opening_detail": Rule(READ, SIGNED_IN),
    "opening_settings": Rule(FORM, SIGNED_IN, _CARDS + "can_plan"),
    "opening_state": Rule(FORM, SIGNED_IN, _CARDS + "can_plan"),
    "opening_plan": Rule(FORM, SIGNED_IN, _CARDS + "can_plan"),
    "opening_member_add": Rule(FORM, SIGNED_IN, _CARDS + "can_add_members", fresh=True),
    "opening_member_remove": Rule(WRITE, SIGNED_IN, _CARDS + "can_remove_member"),
    "opening_trail": Rule(READ, SIGNED_IN, _CARDS + "can_read_trail"),
    "exclusion_list": Rule(READ, SIGNED_IN, _CARDS + "can_exclude"),
    "exclusion_new": Rule(FORM, SIGNED_IN, _CARDS + "can_exclude"),
    "candidate_new": Rule(FORM, SIGNED_IN, _CARDS + "can_add_candidate"),
    "candidate_import": Rule(FORM, SIGNED_IN, _CARDS + "can_add_candidate"),
    # candidates and interviews
    "application_list": Rule(READ, SIGNED_IN),
    "application_export": Rule(READ, SIGNED_IN, fresh=True),
    "application_compare": Rule(READ, SIGNED_IN),
    "application_detail": Rule(READ, SIGNED_IN, _CARDS + "can_see_schedule"),
    "application_end": Rule(FORM, SIGNED_IN, _CARDS + "can_end"),
    "application_reopen": Rule(WRITE, SIGNED_IN, _CARDS + "can_reopen"),
    "interview_new": Rule(FORM, SIGNED_IN, _CARDS + "can_assign"),
    "interview_cancel": Rule(WRITE, SIGNED_IN, _CARDS + "can_cancel"),
    "interview_move": Rule(FORM, SIGNED_IN, _CARDS + "can_move"),
    "interview_remind": Rule(WRITE, SIGNED_IN, _CARDS + "can_remind"),
    "handover_new": Rule(WRITE, SIGNED_IN, _CARDS + "can_hand_over"),
    "handover_withdraw": Rule(WRITE, SIGNED_IN),
    "interview_prepare": Rule(READ, SIGNED_IN, _CARDS + "can_attend"),
    "interview_print": Rule(READ, SIGNED_IN, _CARDS + "can_attend"),
    "interview_rehearse": Rule(FORM, SIGNED_IN, _CARDS + "can_attend"),
    "interview_calendar": Rule(READ, SIGNED_IN, _CARDS + "can_attend"),
    "interview_not_there": Rule(WRITE, SIGNED_IN, _CARDS + "can_attend"),
    "interview_moved": Rule(WRITE, SIGNED_IN, _CARDS + "can_attend"),
    "interview_took_place": Rule(WRITE, SIGNED_IN, _CARDS + "can_attend"),
    # scorecards
    "today": Rule(READ, SIGNED_IN),
    "search": Rule(READ, SIGNED_IN),
    "scorecard_live": Rule(FORM, SIGNED_IN, _CARDS + "can_score"),
    "scorecard_state": Rule(READ, SIGNED_IN),
    "scorecard_ops": Rule(WRITE, SIGNED_IN, _CARDS + "can_score"),
    "scorecard_submit": Rule(FORM, SIGNED_IN, _CARDS + "can_score"),
    "scorecard_amend": Rule(FORM, SIGNED_IN, _CARDS + "can_amend"),
    "submission_detail": Rule(READ, SIGNED_IN),
    # committee
    "application_review": Rule(READ, SIGNED_IN, _CARDS + "can_review"),
    "decision_new": Rule(WRITE, SIGNED_IN, _CARDS + "can_decide"),
    "decision_note": Rule(WRITE, SIGNED_IN, _CARDS + "can_comment"),
    "decision_packet": Rule(READ, SIGNED_IN, _CARDS + "can_read_packet"),
    "decision_packet_file": Rule(READ, SIGNED_IN, _CARDS + "can_read_packet", fresh=True),
    "decision_packet_json": Rule(READ, SIGNED_IN, _CARDS + "can_read_packet", fresh=True),
    # debriefs
    "debrief_new": Rule(FORM, SIGNED_IN, _CARDS + "can_open_debrief"),
    "debrief_detail": Rule(READ, SIGNED_IN),
    "debrief_follow": Rule(READ, SIGNED_IN, by_itself=True),
    "debrief_note": Rule(WRITE, SIGNED_IN, _CARDS + "can_debrief"),
    "debrief_panel_rating": Rule(WRITE, SIGNED_IN, _CARDS + "can_lead_debrief"),
    "debrief_vote": Rule(WRITE, SIGNED_IN, _CARDS + "can_vote"),
    "debrief_reveal": Rule(WRITE, SIGNED_IN, _CARDS + "can_lead_debrief"),
    "debrief_close": Rule(WRITE, SIGNED_IN, _CARDS + "can_lead_debrief"),
    "hour_new": Rule(FORM, SIGNED_IN, _CARDS + "can_line_up"),
    "hour_detail": Rule(READ, SIGNED_IN),
    "hour_follow": Rule(READ, SIGNED_IN, by_itself=True),
    "hour_move": Rule(WRITE, SIGNED_IN, _CARDS + "can_lead_hour"),
    "hour_close": Rule(WRITE, SIGNED_IN, _CARDS + "can_lead_hour"),
}


def rule_for(url_name: str | None) -> Rule | None:
    return RULES.get(url_name or "")


def unknown_names(url_names: Iterable[str]) -> list[str]:
    """URL names without a rule."""
    return sorted(set(url_names) - set(RULES))
