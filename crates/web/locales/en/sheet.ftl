# The printed list; what is in braces is filled when it is set.
sheet-as-of = As of { $date }
sheet-day = { $year }-{ $month }-{ $day }
sheet-number = No.
sheet-wording = Matter
sheet-responsible = Who answers
sheet-deadline = Due
sheet-standing = How it stands
sheet-group-tally = { $confirmed } of { $entries } struck off
sheet-continued = { " " }(continued)
sheet-page-of = Page { $page } of { $pages }
sheet-how-to-object = Something wrong on this list? Call { $phone } or come to { $office }.
sheet-checkpoint = How this list is kept honest: the record has { $size } numbered entries, fingerprint { $fingerprint }. Keep this paper: whoever quietly changes the record later is found out by it.
