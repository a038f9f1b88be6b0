-- Who marked a passage: the learner, or an assessor on work that was handed in.
ALTER TABLE passage ADD COLUMN marked_by {text};
