DROP TABLE submitted_form;
