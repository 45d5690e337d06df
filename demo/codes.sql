-- The codes of a hundred cards that will be shown to a phone's camera: every
-- sixtieth of those who come in, as lines for the program that takes the photos.
CREATE TABLE demo.photo (n int PRIMARY KEY, image bytea NOT NULL);
GRANT SELECT ON demo.photo TO PUBLIC;
COPY (SELECT n, cccd_qr_png(cccd_card_qr(id, NULL, name, birth_date, sex, address, issued), module_size => 8)
      FROM demo.spectator
      WHERE kind IN ('record', 'part', 'paper') AND n % 60 = 30
      ORDER BY n) TO STDOUT;
