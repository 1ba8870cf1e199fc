# The log that cannot be quietly rewritten.
log-name = Has the record been changed?
log-lead = Every step of every matter is numbered and written down. Records are only added; none is changed or taken away.
log-entries = records
log-fingerprint = Today’s fingerprint:
log-waiting = { $count } more were written just now and get their numbers in a second or two.
log-how = How to check
log-how-paper = Every printed list shows how many records there were, their fingerprint and a square code. Keep an old list: if somebody quietly changes an older record, the old list will not fit any more.
log-how-not = It shows whether a record was changed, not whether it was true when it was written. If you doubt one, call or come by.
log-machines = For those who know computers
log-machines-lead = This is the signed checkpoint, in the C2SP format for logs. The tree is that of RFC 6962; the API gives proofs.
log-checkpoint = The checkpoint alone
log-key = The public key for its signature:
log-see-list = See the list
list-log = Has the record been changed?
