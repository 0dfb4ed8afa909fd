"""Numbered changes to the database.

Each is a module ``mNNNN_name`` with a function ``apply(connection)``, which returns a sentence
for the log. Once released it is never edited, and it imports nothing of the application, whose
code goes on changing.
"""
