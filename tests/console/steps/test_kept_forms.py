"""Words outlive a failure: a form whose reader was signed out, or whose service is away, can be sent again."""

from datetime import timedelta
from pathlib import Path

import pytest

from services.console.requests import Forms
from tests.console.site import Answer, Site, site

MANAGER = "support-manager-east-1"
STEP = "/people/sg-1/matters/c-1/close"


def sent(served: Site, **more: str) -> Answer:
    """Send a form about a matter with words in it. No service answers here."""
    mark = Forms(served.console._keys.of_forms).mark(MANAGER, STEP, served.clock.today())
    return served.post(
        STEP, {"form_mark": mark, "request_id": "r-1", "reason": "improved", "said": 'I said </p> "no".'} | more
    )


@pytest.fixture
def open_site(tmp_path: Path) -> Site:
    served = site(tmp_path)
    served.sign_in(MANAGER)
    return served


def test_signed_out_in_the_middle_of_a_form_the_words_are_on_the_page_and_nothing_is_kept_here(open_site: Site) -> None:
    open_site.clock.instant += timedelta(minutes=61)
    answer = sent(open_site)
    assert (answer.status, answer.h1) == (401, "You were signed out")
    assert "Your session ended at 10:02." in answer.text
    assert "I said &lt;/p&gt; &#34;no&#34;." in answer.text
    assert 'name="request_id" value="r-1"' in answer.text
    assert 'href="/sign-in" target="_blank"' in answer.text
    assert f'action="{STEP}"' in answer.text


def test_signed_out_by_hand_in_another_tab_the_words_are_kept_too(open_site: Site) -> None:
    open_site.cookie = ""
    answer = sent(open_site)
    assert answer.status == 401
    assert "Your session ended" not in answer.text
    assert 'name="said"' in answer.text


def test_a_form_of_somebody_else_is_kept_for_nobody_who_signs_in_later(open_site: Site) -> None:
    answer = sent(open_site, form_mark="0" * 64)
    assert (answer.status, answer.h1) == (403, "This form can't be sent")
    assert "I said" not in answer.text


def test_while_a_service_is_away_the_words_stay_and_it_says_when_to_send_again(open_site: Site) -> None:
    answer = sent(open_site)
    assert (answer.status, answer.header("retry-after")) == (503, "30")
    assert "I said" in answer.text
    assert "Send again" in answer.text
