-- The user that the nodes serve as, in a new database. It owns nothing; migrate --roles says what its role may do.
\getenv password APP_PASSWORD
CREATE ROLE dojo_pci_app NOLOGIN;
CREATE USER portal_app PASSWORD :'password' IN ROLE dojo_pci_app;
