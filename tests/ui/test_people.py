"""Who is there: one person on a laptop; on a server, whoever the provider says, for a working day."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.user_info import UserInfoProxy

from tests.ui.chat_fakes import shown
from ui import people
from ui.people import Person, recognised, refusal, sign_out

NOW, HOUR = 1_800_000_000.0, 3600
CLAIMS = {"is_logged_in": True, "iss": "https://id.example.fr", "sub": "alice@example.fr", "iat": NOW, "name": "Alice"}


@pytest.fixture(autouse=True)
def nothing_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sign-in has ended in this process."""
    monkeypatch.setattr(people, "_ended", {})


@pytest.fixture
def signing_in(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page of a server where people sign in, and nobody has."""
    monkeypatch.setenv("VIGIE_SERVER__OIDC_METADATA_URL", "https://id.example.fr/.well-known/openid-configuration")
    return page


def named(monkeypatch: pytest.MonkeyPatch, **claims: object) -> None:
    """From now on the cookie says this."""
    monkeypatch.setattr(UserInfoProxy, "to_dict", lambda _: CLAIMS | {"iat": people.time.time()} | claims)


def test_a_laptop_has_one_person_and_asks_for_no_name(page: AppTest):
    page.run()
    assert "Connectez-vous" not in shown(page)
    assert people.person() == Person("local")


def test_a_person_is_known_by_issuer_and_subject_together():
    ids = {recognised(CLAIMS | {"iss": iss, "sub": sub}).id for iss, sub in [("a", "bc"), ("ab", "c"), ("a", "c")]}
    assert len(ids) == 3
    assert recognised(CLAIMS) == recognised(CLAIMS | {"iat": 0})


def test_the_id_holds_nothing_of_the_e_mail_address():
    assert recognised(CLAIMS).id.isalnum()
    assert len(recognised(CLAIMS).id) == 32
    assert "alice" not in recognised(CLAIMS).id


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Alice Martin", "preferred_username": "am", "email": "a@x.fr"}, "Alice Martin"),
        ({"name": " ", "preferred_username": "am", "email": "a@x.fr"}, "am"),
        ({"name": None, "email": "a@x.fr"}, "a@x.fr"),
        ({"name": ["Alice"], "preferred_username": 3}, ""),
        ({"name": "Alice\n\tMartin"}, "Alice Martin"),
        ({"name": "A" * 500}, "A" * 80),
    ],
)
def test_the_name_is_the_first_claim_that_reads_as_one(claims: dict[str, object], name: str):
    assert recognised({"iss": "i", "sub": "s"} | claims).name == name


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, None),
        ({"is_logged_in": False}, "absent"),
        ({"is_logged_in": "yes"}, "absent"),
        ({"sub": None}, "nameless"),
        ({"sub": ""}, "nameless"),
        ({"sub": 7}, "nameless"),
        ({"iss": None}, "nameless"),
        ({"iat": NOW - 11 * HOUR}, None),
        ({"iat": NOW - 13 * HOUR}, "over"),
        ({"iat": None}, "over"),
        ({"iat": "now"}, "over"),
        ({"iat": NOW + 600}, None),  # the provider's clock is ahead
    ],
)
def test_claims_that_name_nobody_say_why(changed: dict[str, object], why: str | None):
    assert refusal(CLAIMS | changed, NOW) == why


def test_without_claims_nobody_is_there():
    assert refusal({}, NOW) == "absent"


def test_before_signing_in_the_page_shows_one_button_and_nothing_else(signing_in: AppTest):
    signing_in.run()
    assert "Connectez-vous pour poser vos questions" in shown(signing_in)
    assert [button.label for button in signing_in.button] == ["Se connecter · Sign in"]
    assert "guide d’essai" not in shown(signing_in)
    assert not signing_in.chat_input


def test_who_signed_in_sees_the_page(signing_in: AppTest, monkeypatch: pytest.MonkeyPatch):
    named(monkeypatch)
    signing_in.run()
    assert "Connectez-vous" not in shown(signing_in)
    assert signing_in.chat_input


@pytest.mark.parametrize(
    ("claims", "said"),
    [({"iat": 1.0}, "plus d’une demi-journée"), ({"sub": ""}, "n’a pas dit qui vous êtes")],
)
def test_who_cannot_be_let_in_is_told_why(
    signing_in: AppTest, monkeypatch: pytest.MonkeyPatch, claims: dict[str, object], said: str
):
    named(monkeypatch, **claims)
    signing_in.run()
    assert said in shown(signing_in)
    assert not signing_in.chat_input


def test_nothing_of_one_person_is_left_for_the_next(signing_in: AppTest, monkeypatch: pytest.MonkeyPatch):
    named(monkeypatch)
    signing_in.run()
    signing_in.session_state["something"] = "Alice’s"
    signing_in.run()
    assert "something" in signing_in.session_state
    named(monkeypatch, sub="bob@example.fr")
    signing_in.run()
    assert "something" not in signing_in.session_state
    assert signing_in.chat_input


def test_nothing_is_left_once_signed_out(signing_in: AppTest, monkeypatch: pytest.MonkeyPatch):
    named(monkeypatch)
    signing_in.run()
    signing_in.session_state["something"] = "Alice’s"
    named(monkeypatch, is_logged_in=False)
    signing_in.run()
    assert "something" not in signing_in.session_state
    assert [button.label for button in signing_in.button] == ["Se connecter · Sign in"]


def ended(monkeypatch: pytest.MonkeyPatch, **claims: object) -> None:
    """Somebody signs out of these claims, in a window of their own."""
    monkeypatch.setattr(people.st, "logout", lambda: None)
    monkeypatch.setattr(UserInfoProxy, "to_dict", lambda _: CLAIMS | claims)
    sign_out()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, "ended"),
        ({"name": "Alice M."}, "ended"),
        ({"iat": NOW + 60}, None),  # signed in again
        ({"nonce": "b"}, None),  # in another browser, within the same second
        ({"sid": "b"}, None),
        ({"sub": "bob@example.fr"}, None),
        ({"is_logged_in": False}, "absent"),
    ],
)
def test_a_sign_in_that_ended_is_refused_in_every_window_and_no_other_is(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], why: str | None
):
    first = {"nonce": "a", "sid": "a"}
    ended(monkeypatch, **first)
    assert refusal(CLAIMS | first | changed, NOW + 61) == why


def test_who_signed_out_elsewhere_is_told_and_leaves_nothing(signing_in: AppTest, monkeypatch: pytest.MonkeyPatch):
    issued = people.time.time()
    named(monkeypatch, iat=issued)
    signing_in.run()
    signing_in.session_state["something"] = "Alice’s"
    ended(monkeypatch, iat=issued)
    named(monkeypatch, iat=issued)
    signing_in.run()
    assert "fermée dans une autre fenêtre" in shown(signing_in)
    assert "something" not in signing_in.session_state
    assert not signing_in.chat_input
    named(monkeypatch, iat=issued + 1)
    signing_in.run()
    assert signing_in.chat_input


def test_ends_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(people, "_MOST_ENDED", 2)
    for minute in range(3):
        ended(monkeypatch, iat=NOW + 60 * minute)
    assert [refusal(CLAIMS | {"iat": NOW + 60 * minute}, NOW + 200) for minute in range(3)] == [None, "ended", "ended"]


def test_signing_out_twice_or_without_having_signed_in_remembers_nothing_more(monkeypatch: pytest.MonkeyPatch):
    ended(monkeypatch)
    ended(monkeypatch)
    ended(monkeypatch, is_logged_in=False, iat=NOW + 5)
    assert len(people._ended) == 1
