"""Visits as hospitals tell of them: HL7 v2 ADT messages, sent over MLLP.

`frames` finds messages in a stream of bytes, `messages` reads one, `times` its times, `mapping` what it means here,
`acks` writes the answer, `intake` puts these together with the database, and `server` listens.
"""
