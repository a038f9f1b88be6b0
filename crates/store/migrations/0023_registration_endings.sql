-- Learners whose registration ends soon, in the order of the day, without sorting them all; uploads by their age.
CREATE INDEX registration_by_centre_end ON registration (centre, state, ends_on, number);
CREATE INDEX registration_by_end_number ON registration (state, ends_on, number);
CREATE INDEX register_upload_by_at ON register_upload (at);
