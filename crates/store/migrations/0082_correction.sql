-- Derived: results of awards that may be wrong, and what became of each.
CREATE TABLE correction (
    id {text} PRIMARY KEY,
    award {text} NOT NULL,
    centre {text},
    -- private: what was found; blank once erased
    because {text} NOT NULL,
    -- flagged, assessed, corrected, left
    state {text} NOT NULL,
    flagged_at {text} NOT NULL,
    flagged_by {text},
    adverse {int},
    -- private, blank once erased: the facts gathered, the reasoning, when and how the regulator was told
    finding {text},
    assessed_at {text},
    assessed_by {text},
    reasoning {text},
    regulator {text},
    decided_at {text},
    decided_by {text}
) {strict};
CREATE INDEX correction_by_award ON correction (award, flagged_at);
CREATE INDEX correction_by_state ON correction (state, flagged_at, id);
CREATE INDEX correction_by_centre ON correction (centre, state, flagged_at, id);

CREATE TABLE correction_result (
    correction {text} NOT NULL,
    judgement {text} NOT NULL,
    PRIMARY KEY (correction, judgement)
) {strict};
CREATE INDEX correction_result_by_judgement ON correction_result (judgement);

-- The day on which an award was withdrawn, because a result that it counts was corrected.
ALTER TABLE award ADD COLUMN withdrawn_on {text};
CREATE INDEX claim_unit_by_judgement ON claim_unit (judgement);
