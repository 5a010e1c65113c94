-- The database user of the nodes, in a new database. It owns nothing; migrate --roles grants its role the rights that it needs.
\getenv password APP_PASSWORD
CREATE ROLE dojo_pci_app NOLOGIN;
CREATE USER portal_app PASSWORD :'password' IN ROLE dojo_pci_app;
