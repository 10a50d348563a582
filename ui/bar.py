"""The bar on top of every page: the name, the pages, the other language, who is signed in."""

import streamlit as st

from assistant import Language
from ui.chat.state import PARAMETER, conversation, start_again
from ui.chat.text import plain_label, safe
from ui.language import interface_language
from ui.pages import go_to, page_named
from ui.people import LOCAL, Person, sign_out
from ui.preferences import prefer_language
from ui.wording import page_words


def show_bar(person: Person) -> None:
    """It stays in view. The element that names the language tells the page's script which one it is."""
    words = page_words()
    language = interface_language()
    st.html(f'<span class="vigie-language" data-lang="{language}" hidden></span>')
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<p class="vigie-name"><span aria-hidden="true"></span>Vigie</p>', width="content")
        with st.container(key="pages", horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.page_link(page_named("chat"), label=words.conversation)
            st.page_link(page_named("guide"), label=words.guide)
            st.page_link(page_named("conversations"), label=words.conversations)
        with st.container(key="self", horizontal=True, vertical_alignment="center", gap="small", width="content"):
            if conversation() or PARAMETER in st.query_params:  # one that the page will open further down
                show_new_conversation("bar")
            if person.name:
                st.html(f'<p class="vigie-person">{safe(person.name)}</p>', width="content")
            if person.id != LOCAL:
                st.button(words.sign_out, key="sign-out", on_click=sign_out)
            other: Language = "en" if language == "fr" else "fr"
            st.button(plain_label(words.other_language), key="language", on_click=prefer_language, args=(person, other))


def show_new_conversation(place: str) -> None:
    """A way to start again: in the bar or, on a phone, above the conversation."""
    if st.button(page_words().new_conversation, key=f"start-again-{place}"):
        start_again()
        go_to("chat")
