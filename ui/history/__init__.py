"""The page of one's own conversations: find, open, rename, delete them; take away or erase all that is kept."""
