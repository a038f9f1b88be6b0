CREATE INDEX certificate_by_pdf ON certificate (pdf);
