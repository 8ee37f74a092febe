"""Who may own a matter: a concern and its alert, which have one owner (docs/decisions/0029)."""

from collections.abc import Set

from services.refusals import invalid

OWNER_ROLES = ("senior_manager", "panel_team")
"""Roles that see every matter and can own any. A support manager can own the matters of people allocated to them."""


def check_owner(owner: str, role: str, support_manager: str, kept_out: Set[str] = frozenset()) -> None:
    """Refuse an owner who could not act on the matter. Nobody would, and the ladder would ask a stranger.

    `role`: the owner's, empty if nobody has the id. `support_manager`: the one to whom the Safeguarder is allocated.
    `kept_out`: those whom a declared link keeps from the Safeguarder's matters (X32).

    Raises:
        Refusal: INVALID, reason OWNER_CANNOT_ACT.
    """
    if owner not in kept_out and (role in OWNER_ROLES or support_manager == owner):
        return
    raise invalid(
        "OWNER_CANNOT_ACT",
        "The owner must be the allocated support manager, a senior manager or a member of the Safeguarders Panel Team.",
        "owner",
    )
