-- reasons of a verdict: codes of the program, words that operators may change

CREATE FUNCTION reason_codes(OUT code text, OUT verdict text, OUT about text) RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'cccd_gate_reason_codes' LANGUAGE c IMMUTABLE PARALLEL SAFE COST 10 ROWS 150
    SET search_path = pg_catalog, pg_temp;
COMMENT ON FUNCTION reason_codes() IS
    'the reasons that the program knows, in its order: code, what it leads to (review, refuse), what it is about (request, card, certificate, ticket, place, rule, desk, paper)';

CREATE TABLE reason (
    code text PRIMARY KEY,
    verdict text NOT NULL,
    about text NOT NULL,
    vi text NOT NULL,
    en text NOT NULL,
    ask_vi text,
    ask_en text,
    changed boolean NOT NULL DEFAULT false,
    CONSTRAINT reason_words CHECK (vi <> '' AND en <> '' AND ask_vi <> '' AND ask_en <> '')
);
COMMENT ON TABLE reason IS
    'reasons of a verdict, in the words that a guard reads; the words may be changed, the rest is what reason_codes() says';
COMMENT ON COLUMN reason.code IS 'code in answers and in the log';
COMMENT ON COLUMN reason.verdict IS 'what the reason leads to: review, a person must look; refuse';
COMMENT ON COLUMN reason.about IS 'what it is about: request, card, certificate, ticket, rule, place, desk, or a paper that accept_paper() did not take';
COMMENT ON COLUMN reason.vi IS 'the reason in Vietnamese';
COMMENT ON COLUMN reason.en IS 'the reason in English';
COMMENT ON COLUMN reason.ask_vi IS 'what the guard should ask for, in Vietnamese; NULL: nothing helps';
COMMENT ON COLUMN reason.ask_en IS 'what the guard should ask for, in English';
COMMENT ON COLUMN reason.changed IS 'the words are not those of the extension, and are dumped';
COMMENT ON CONSTRAINT reason_pkey ON reason IS 'codes are unique';
COMMENT ON CONSTRAINT reason_words ON reason IS 'words are not empty';

-- a code without words breaks the installation, words without a code break lint
INSERT INTO reason (code, verdict, about, vi, en, ask_vi, ask_en)
SELECT c.code, c.verdict, c.about, w.vi, w.en, w.ask_vi, w.ask_en
FROM reason_codes() c LEFT JOIN (VALUES
    -- the call
    ('bad_request', 'Yêu cầu kiểm tra không hợp lệ', 'invalid request', NULL, NULL),
    ('event_unknown', 'Không có sự kiện này', 'unknown event', NULL, NULL),
    ('gate_unknown', 'Sự kiện không có cổng này', 'the event does not have this gate', NULL, NULL),
    ('request_id_reused', 'Mã yêu cầu đã dùng cho một lượt kiểm tra khác', 'the request id belongs to another check', 'Quét lại', 'Scan again'),
    ('decision_unknown', 'Không có lượt kiểm tra này', 'unknown decision', NULL, NULL),
    ('too_many_attempts', 'Cổng này có quá nhiều lượt kiểm tra không đạt trong một phút', 'too many claims or refusals at this gate within a minute', 'Đợi một phút rồi kiểm tra lại', 'Wait a minute, then check again'),
    ('server_read_only', 'Máy chủ này chỉ đọc, không ghi nhận được lượt kiểm tra', 'this server is read-only and cannot record an answer', 'Kiểm tra lại qua máy chủ chính', 'Check again through the primary server'),
    ('not_handed_over', 'Cơ sở dữ liệu chưa được bàn giao cho tài khoản sở hữu riêng', 'the database was not handed over to an owner of its own', 'Báo người quản trị cơ sở dữ liệu', 'Tell the database administrator'),
    -- the document and who holds it
    ('scan_unreadable', 'Không đọc được mã vừa quét', 'the scan cannot be read', 'Quét lại; không được thì xem căn cước điện tử trên VNeID hoặc thẻ căn cước', 'Scan again; if that fails, the electronic identity on VNeID or the identity card'),
    ('not_an_identity_card', 'Mã vừa quét không phải của giấy tờ tùy thân', 'the scan is not of an identity document', 'Căn cước điện tử trên VNeID hoặc thẻ căn cước', 'The electronic identity on VNeID or the identity card'),
    ('scan_damaged', 'Dữ liệu quét bị hỏng hoặc thiếu', 'the scan is damaged or incomplete', 'Quét lại; so thẻ với người cầm thẻ', 'Scan again; compare the card with its holder'),
    ('number_disagrees', 'Số định danh không khớp với ngày sinh hoặc giới tính trên thẻ', 'the number does not match the birth date or sex on the card', 'Căn cước điện tử trên VNeID hoặc thẻ gốc; xem kỹ thẻ thật hay giả', 'The electronic identity on VNeID or the original card; check that it is genuine'),
    ('number_cancelled', 'Số định danh đã bị hủy', 'the identity number was cancelled', 'Căn cước điện tử trên VNeID hoặc thẻ mới, mang số hiện hành', 'The electronic identity on VNeID or the new card, with the current number'),
    ('person_unknown', 'Không có người này trong cơ sở dữ liệu', 'the person is not in the register', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc; đăng ký tại bàn kiểm tra giấy tờ', 'The electronic identity on VNeID or the original identity document; register at the desk'),
    ('name_disagrees', 'Họ tên trên thẻ khác với cơ sở dữ liệu', 'the name on the card differs from the register', 'Căn cước điện tử trên VNeID hoặc thẻ gốc cùng một giấy tờ khác', 'The electronic identity on VNeID or the original card with a second document'),
    ('birth_date_disagrees', 'Ngày sinh trên thẻ khác với cơ sở dữ liệu', 'the birth date on the card differs from the register', 'Căn cước điện tử trên VNeID hoặc thẻ gốc cùng một giấy tờ khác', 'The electronic identity on VNeID or the original card with a second document'),
    ('sex_disagrees', 'Giới tính trên thẻ khác với cơ sở dữ liệu', 'the sex on the card differs from the register', 'Căn cước điện tử trên VNeID hoặc thẻ gốc cùng một giấy tờ khác', 'The electronic identity on VNeID or the original card with a second document'),
    ('card_unknown', 'Cơ sở dữ liệu không có thẻ cấp ngày này', 'the register has no card with this date of issue', 'Căn cước điện tử trên VNeID hoặc thẻ mới nhất', 'The electronic identity on VNeID or the newest card'),
    ('card_expired', 'Thẻ đã hết hạn', 'the card has expired', 'Căn cước điện tử trên VNeID, thẻ mới hoặc giấy hẹn trả thẻ', 'The electronic identity on VNeID, the new card or the receipt for it'),
    ('card_lost', 'Thẻ đã báo mất', 'the card was reported lost', NULL, NULL),
    ('card_revoked', 'Thẻ đã bị thu hồi', 'the card was revoked', NULL, NULL),
    ('card_replaced', 'Thẻ đã được thay bằng thẻ mới', 'the card was replaced by a newer one', 'Căn cước điện tử trên VNeID hoặc thẻ mới', 'The electronic identity on VNeID or the new card'),
    ('evidence_too_weak', 'Giấy tờ chưa đủ độ tin cậy cho sự kiện này', 'the evidence of identity is too weak for this event', 'Căn cước điện tử trên VNeID hoặc thẻ căn cước gắn chip', 'The electronic identity on VNeID or the identity card with a chip'),
    ('picture_unreadable', 'Không đọc được mã nào trong ảnh', 'no code can be read in the picture', 'Chụp lại gần hơn và rõ hơn, hoặc dùng máy quét', 'Take the picture again, nearer and sharper, or use the scanner'),
    ('picture_ambiguous', 'Trong ảnh có thẻ của nhiều người', 'the picture shows the cards of several people', 'Chụp lại, mỗi lần một thẻ', 'Take a picture of one card alone'),
    ('picture_not_possible', 'Máy chủ không đọc được ảnh', 'the server cannot read pictures', 'Dùng máy quét hoặc gõ số', 'Use the scanner, or type the number'),
    ('chip_changed', 'Dữ liệu trong chip đã bị thay đổi', 'the data on the chip differs from what the state signed', NULL, NULL),
    ('chip_forged', 'Chữ ký số trong chip không phải của cơ quan nhà nước', 'the digital signature on the chip was not made by the state', NULL, NULL),
    ('chip_signer_revoked', 'Chứng thư số dùng để ký chip đã bị thu hồi', 'the certificate that signed the chip was revoked', NULL, NULL),
    ('chip_copied', 'Chip là bản sao: trả lời sai khi kiểm tra', 'the chip is a copy: its answer to the challenge is wrong', NULL, NULL),
    ('chip_other_card', 'Số định danh trong chip khác với mã trên thẻ', 'the number on the chip differs from the code on the card', NULL, NULL),
    ('challenge_used', 'Lượt đọc chip này đã được sử dụng', 'this reading of the chip was already used', 'Đọc lại chip', 'Read the chip again'),
    ('challenge_unknown', 'Lượt đọc chip này không thuộc cổng này', 'this reading of the chip does not belong to this gate', 'Đọc lại chip', 'Read the chip again'),
    ('challenge_expired', 'Lượt đọc chip đã quá hạn', 'the reading of the chip took too long', 'Đọc lại chip', 'Read the chip again'),
    ('chip_unreadable', 'Không đọc được chip', 'the chip cannot be read', 'Đọc lại chip', 'Read the chip again'),
    ('chip_disagrees', 'Thông tin trong chip khác với mã trên thẻ', 'the chip differs from the code on the card', 'Căn cước điện tử trên VNeID hoặc thẻ gốc; so từng mục trên thẻ', 'The electronic identity on VNeID or the original card; compare what is printed on it'),
    ('chip_signer_unknown', 'Không xác định được cơ quan ký số dữ liệu chip', 'the signer of the chip is unknown', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_signer_expired', 'Chứng thư số dùng để ký chip không còn hiệu lực', 'the certificate that signed the chip is not valid at this time', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_mrz_missing', 'Chưa đọc vùng dữ liệu đọc bằng máy trong chip (DG1)', 'the machine readable zone on the chip (DG1) was not read', 'Đọc lại chip', 'Read the chip again'),
    ('chip_other_state', 'Chưa xác định được chip do Việt Nam ký số', 'it is not established that Viet Nam signed the chip', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_signer_role', 'Chứng thư số dùng để ký chip không phải loại dùng cho giấy tờ này', 'the certificate that signed the chip is not one for this kind of document', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_signing_time', 'Thời điểm ký chip nằm ngoài thời hạn của chứng thư số', 'the chip states a time of signing outside the validity of its signer''s certificate', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_unsigned_file', 'Chip có tệp không nằm trong danh sách đã ký số', 'a file of the chip is not on the list that was signed', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_policy', 'Chip khác tiêu chuẩn hơn mức được chấp nhận', 'the chip deviates from the standard more than the policy allows', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_weak', 'Chip dùng thuật toán ký số yếu', 'the chip uses a weak algorithm or key', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_unsupported', 'Chưa hỗ trợ thuật toán ký số của chip', 'an algorithm or key of the chip is not supported', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_not_verified', 'Chưa xác minh được chip', 'the chip could not be verified', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_trust_missing', 'Chưa nạp chứng thư số gốc để xác minh chip', 'no certificates for verifying chips are loaded', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('chip_revocation_unknown', 'Chưa rõ chứng thư số dùng để ký chip có bị thu hồi hay không', 'it is not known whether the certificate that signed the chip was revoked', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('scan_incomplete', 'Mã vừa quét thiếu thông tin để đối chiếu', 'the scan leaves out what is to be compared with the register', 'Quét lại; so thẻ với người cầm thẻ', 'Scan again; compare the card with its holder'),
    ('deceased', 'Cơ sở dữ liệu ghi người này đã mất', 'the register says that this person has died', 'Căn cước điện tử trên VNeID hoặc thẻ gốc; so với người xuất trình', 'The electronic identity on VNeID or the original card; compare it with who shows it'),
    ('register_check_old', 'Cơ sở dữ liệu quốc gia về dân cư chưa xác nhận người này trong thời hạn', 'the national population database has not confirmed this person recently enough', 'Tra cứu cơ sở dữ liệu quốc gia về dân cư, rồi quét lại; hoặc đọc chip', 'Ask the national population database, then scan again; or read the chip'),
    ('register_denies', 'Cơ sở dữ liệu quốc gia về dân cư ghi khác về người này', 'the national population database says otherwise about this person', 'Căn cước điện tử trên VNeID hoặc thẻ gốc cùng một giấy tờ khác', 'The electronic identity on VNeID or the original card with a second document'),
    -- health certificates
    ('certificate_forged', 'Chữ ký số của giấy chứng nhận y tế là giả', 'the signature of the health certificate is forged', NULL, NULL),
    ('certificate_revoked', 'Giấy chứng nhận y tế đã bị thu hồi', 'the health certificate was revoked', NULL, NULL),
    ('certificate_unreadable', 'Không đọc được giấy chứng nhận y tế', 'the health certificate cannot be read', 'Quét lại giấy chứng nhận y tế', 'Scan the health certificate again'),
    ('certificate_other_person', 'Giấy chứng nhận y tế ghi họ tên, ngày sinh hoặc số hộ chiếu khác', 'the health certificate has another name, birth date or passport number', 'Giấy chứng nhận y tế của chính người này trên VNeID hoặc bản giấy', 'The person''s own health certificate, on VNeID or on paper'),
    ('certificate_expired', 'Giấy chứng nhận y tế không còn hiệu lực', 'the health certificate is not valid at this time', 'Giấy chứng nhận y tế mới trên VNeID hoặc bản giấy', 'A new health certificate, on VNeID or on paper'),
    ('certificate_signer_unknown', 'Không xác định được cơ quan ký số giấy chứng nhận y tế', 'the signer of the health certificate is unknown', 'Giấy chứng nhận trên VNeID hoặc bản giấy', 'The certificate on VNeID or on paper'),
    ('certificate_not_verified', 'Chưa xác minh được giấy chứng nhận y tế', 'the health certificate could not be verified', 'Giấy chứng nhận trên VNeID hoặc bản giấy', 'The certificate on VNeID or on paper'),
    ('certificate_trust_missing', 'Chưa nạp chứng thư số để xác minh giấy chứng nhận y tế', 'no certificates for verifying health certificates are loaded', 'Giấy chứng nhận trên VNeID hoặc bản giấy', 'The certificate on VNeID or on paper'),
    ('certificate_format_unsupported', 'Hệ thống chưa đọc được loại mã của giấy chứng nhận y tế này', 'the format of the health certificate is not supported', 'Giấy chứng nhận trên VNeID hoặc bản giấy', 'The certificate on VNeID or on paper'),
    ('certificate_attempts_exhausted', 'Xuất trình cùng lúc quá nhiều giấy chứng nhận y tế khó xác minh', 'too many health certificates that are hard to verify were shown at once', 'Quét từng giấy chứng nhận y tế một', 'Scan one health certificate at a time'),
    ('certificate_uncertain_person', 'Chưa chắc giấy chứng nhận y tế là của người này', 'it is not certain that the health certificate is about this person', 'Giấy chứng nhận y tế trên VNeID hoặc bản giấy, ghi đúng và đủ họ tên, ngày sinh', 'A health certificate on VNeID or on paper, with the full name and birth date'),
    -- the ticket
    ('no_ticket', 'Không có vé', 'no ticket', 'Vé', 'The ticket'),
    ('ticket_unknown', 'Không tìm thấy vé này', 'unknown ticket', 'Vé khác', 'Another ticket'),
    ('ticket_other_event', 'Vé của sự kiện khác', 'the ticket is for another event', 'Vé của sự kiện này', 'The ticket for this event'),
    ('ticket_other_person', 'Vé ghi tên người khác', 'the ticket belongs to another person', 'Vé của chính người này', 'The person''s own ticket'),
    ('ticket_cancelled', 'Vé đã bị hủy', 'the ticket was cancelled', NULL, NULL),
    ('ticket_used', 'Vé đã được dùng', 'the ticket has been used', NULL, NULL),
    ('wrong_gate', 'Vé của cổng khác', 'the ticket is for another gate', 'Đến cổng ghi trên vé', 'Go to the gate on the ticket'),
    ('site_cut_off', 'Điểm này đang mất kết nối nên chưa có thông tin về vé', 'this site is cut off, and the ticket is not known here yet', 'Vé gốc hoặc xác nhận mua vé', 'The original ticket, or the proof of purchase'),
    -- the place and the time
    ('too_early', 'Chưa mở cổng', 'the doors are not open yet', 'Đợi đến giờ mở cổng', 'Wait until the doors open'),
    ('event_over', 'Sự kiện đã kết thúc', 'the event is over', NULL, NULL),
    ('already_inside', 'Người này đã vào', 'this person is already inside', NULL, NULL),
    ('full', 'Đã đủ số người', 'the place is full', NULL, NULL),
    ('event_cancelled', 'Sự kiện đã bị hủy', 'the event was cancelled', NULL, NULL),
    ('event_moved', 'Sự kiện đã chuyển sang thời gian hoặc địa điểm khác', 'the event was moved to another time or place', 'Xem thông báo về thời gian và địa điểm mới', 'See the announcement of the new time and place'),
    ('event_not_open', 'Sự kiện chưa mở', 'the event is not open yet', NULL, NULL),
    ('already_left', 'Người này đã vào và đã ra; sự kiện chỉ cho vào một lần', 'this person has left, and the event admits once', NULL, NULL),
    ('not_inside', 'Không có ghi nhận người này đang ở bên trong', 'this person is not recorded as inside', 'Quét vé hoặc giấy tờ đã dùng khi vào', 'Scan the ticket or the document that was used to enter'),
    ('wrong_zone', 'Cổng này không dẫn từ khu vực mà người này đang ở', 'this gate does not lead from the zone where the person is', 'Đến cổng của khu vực đang ở', 'Go to a gate of that zone'),
    -- the rule
    ('doses_missing', 'Chưa có thông tin tiêm đủ mũi', 'not enough doses on record', 'Giấy chứng nhận tiêm chủng trên VNeID hoặc bản giấy', 'The vaccination certificate on VNeID or on paper'),
    ('dose_time', 'Chưa có thông tin mũi tiêm đúng thời hạn', 'no dose within the required time on record', 'Giấy chứng nhận tiêm chủng trên VNeID hoặc bản giấy', 'The vaccination certificate on VNeID or on paper'),
    ('recovery_missing', 'Chưa có thông tin khỏi bệnh trong thời hạn', 'no recovery within the required time on record', 'Giấy xác nhận khỏi bệnh trên VNeID hoặc bản giấy', 'Proof of recovery on VNeID or on paper'),
    ('immunity_missing', 'Chưa có thông tin tiêm đủ mũi hoặc khỏi bệnh', 'neither enough vaccination nor recovery on record', 'Giấy chứng nhận tiêm chủng hoặc giấy xác nhận khỏi bệnh, trên VNeID hoặc bản giấy', 'The vaccination certificate or proof of recovery, on VNeID or on paper'),
    ('test_missing', 'Chưa có kết quả xét nghiệm còn hạn', 'no test result within the required time on record', 'Kết quả xét nghiệm trên VNeID hoặc bản giấy', 'A test result on VNeID or on paper'),
    ('positive_test', 'Kết quả dương tính không đáp ứng quy định', 'the positive test does not meet the rule', 'Giấy xác nhận khỏi bệnh trên VNeID hoặc bản giấy', 'Proof of recovery on VNeID or on paper'),
    ('contraindication_missing', 'Chưa có thông tin chống chỉ định tiêm chủng', 'no contraindication on record', 'Giấy xác nhận chống chỉ định trên VNeID hoặc bản giấy', 'A certificate of contraindication, on VNeID or on paper'),
    ('credential_missing', 'Chưa có thông tin thẻ hoặc giấy phép còn hạn theo quy định', 'no valid credential that the rule requires on record', 'Thẻ hoặc giấy phép theo quy định, trên VNeID hoặc bản gốc', 'The card or permit that the rule requires, on VNeID or the original'),
    ('declaration_missing', 'Chưa có khai báo y tế theo quy định', 'no health declaration that the rule requires on record', 'Khai báo y tế', 'A health declaration'),
    ('declaration_excludes', 'Nội dung khai báo y tế không đáp ứng quy định', 'what the person declared does not meet the rule', 'Chuyển đến nhân viên y tế', 'Send to the medical staff'),
    ('registration_missing', 'Chưa có lịch hẹn theo quy định', 'no booking that the rule requires on record', 'Lịch hẹn trên VNeID hoặc giấy hẹn', 'The appointment on VNeID or the slip on paper'),
    ('consultation_missing', 'Chưa có thông tin khám bệnh theo quy định', 'no consultation that the rule requires on record', 'Sổ sức khỏe trên VNeID hoặc giấy xác nhận khám bệnh', 'The health book on VNeID or the confirmation of the consultation on paper'),
    ('isolation_time', 'Chưa đủ thời gian kể từ khi cách ly', 'the time since isolation does not meet the rule', 'Giấy xác nhận hoàn thành cách ly trên VNeID hoặc bản giấy', 'The certificate of completed isolation, on VNeID or on paper'),
    ('exposure_time', 'Chưa đủ thời gian kể từ khi tiếp xúc', 'the time since contact with a case does not meet the rule', 'Giấy xác nhận hoàn thành cách ly trên VNeID hoặc bản giấy', 'The certificate of completed isolation, on VNeID or on paper'),
    ('not_accompanied', 'Không có người lớn đi cùng', 'no accompanying adult', 'Người lớn đi cùng', 'The accompanying adult'),
    ('evidence_rule', 'Giấy tờ chưa đủ độ tin cậy theo quy định', 'the rule requires stronger evidence of identity', 'Căn cước điện tử trên VNeID hoặc thẻ căn cước gắn chip', 'The electronic identity on VNeID or the identity card with a chip'),
    ('not_certain', 'Hồ sơ chưa đủ thông tin để kết luận', 'the record is not sufficient to decide', 'Giấy chứng nhận tiêm chủng hoặc kết quả xét nghiệm, trên VNeID hoặc bản giấy', 'A vaccination certificate or a test result, on VNeID or on paper'),
    ('test_pending', 'Xét nghiệm chưa có kết quả hoặc chưa rõ loại', 'a test has no result yet, or its kind is not known', 'Kết quả xét nghiệm ghi rõ loại, trên VNeID hoặc bản giấy', 'The test result, with the kind of the test, on VNeID or on paper'),
    ('age_unknown', 'Chưa biết ngày sinh', 'the birth date is not known', 'Căn cước điện tử trên VNeID hoặc giấy tờ có ngày sinh', 'The electronic identity on VNeID or a document with the birth date'),
    ('accompanied_unknown', 'Chưa rõ có người lớn đi cùng hay không', 'it is not known whether an adult accompanies the person', 'Người lớn đi cùng', 'The accompanying adult'),
    ('origin_unknown', 'Chưa rõ đến từ đâu', 'it is not known where the person comes from', 'Nơi ở trong 14 ngày qua', 'Where the person has been in the last 14 days'),
    ('place_unknown', 'Chưa rõ nơi đăng ký khai sinh hoặc cấp độ dịch', 'the place or the epidemic level is not known', NULL, NULL),
    ('rule_empty', 'Không có quy định nào đang có hiệu lực cho sự kiện này', 'no rule is in force for this event', NULL, NULL),
    ('isolated', 'Đang cách ly', 'in isolation', NULL, NULL),
    ('exposed', 'Có tiếp xúc với ca bệnh', 'contact with a case', NULL, NULL),
    ('age', 'Không đúng độ tuổi theo quy định', 'the age does not meet the rule', NULL, NULL),
    ('ticket_rule', 'Quy định yêu cầu có vé', 'the rule requires a ticket', 'Vé', 'The ticket'),
    ('place_rule', 'Không đúng địa bàn hoặc cấp độ dịch theo quy định', 'the place or the epidemic level does not meet the rule', NULL, NULL),
    ('sex_rule', 'Không đúng giới tính theo quy định', 'the sex does not meet the rule', NULL, NULL),
    ('rule_forbids', 'Quy định loại trừ trường hợp này', 'the rule excludes this case', NULL, NULL),
    -- the case at the desk
    ('turned_away', 'Bàn kiểm tra giấy tờ từ chối', 'turned away at the desk', NULL, NULL),
    ('decision_closed', 'Lượt kiểm tra này đã kết thúc', 'the decision is already closed', NULL, NULL),
    ('not_admitted', 'Lượt kiểm tra này chưa được cho vào', 'nobody was admitted by this check', NULL, NULL),
    -- a person who is not registered
    ('name_missing', 'Thiếu họ tên', 'the name is missing', 'Họ tên ghi trên VNeID hoặc trên giấy tờ', 'The name on VNeID or on the document'),
    ('birth_date_missing', 'Thiếu ngày sinh', 'the birth date is missing', 'Căn cước điện tử trên VNeID hoặc giấy tờ có ngày sinh', 'The electronic identity on VNeID or a document with the birth date'),
    ('birth_date_malformed', 'Ngày sinh không hợp lệ', 'the birth date is not valid', 'Căn cước điện tử trên VNeID hoặc giấy tờ có ngày sinh', 'The electronic identity on VNeID or a document with the birth date'),
    ('sex_malformed', 'Giới tính không hợp lệ', 'the sex is not valid', NULL, NULL),
    ('state_malformed', 'Mã nước cấp giấy tờ không hợp lệ', 'the issuing state is not valid', NULL, NULL),
    ('document_kind_unknown', 'Không có loại giấy tờ này', 'unknown kind of document', NULL, NULL),
    ('document_number_malformed', 'Số của giấy tờ không hợp lệ', 'the number of the document is not valid', 'Căn cước điện tử trên VNeID hoặc giấy tờ tùy thân bản gốc', 'The electronic identity on VNeID or the original identity document'),
    ('number_of_somebody_else', 'Số giấy tờ này của người khác', 'the number belongs to somebody else', 'Căn cước điện tử trên VNeID hoặc một giấy tờ tùy thân khác', 'The electronic identity on VNeID or another identity document'),
    ('guardian_unknown', 'Không có lượt kiểm tra của người lớn đi cùng', 'unknown check of the accompanying adult', 'Kiểm tra người lớn đi cùng trước', 'Check the accompanying adult first'),
    -- people who are not merged, or not split
    ('person_same', 'Hai lần cùng một người', 'this is the same person twice', NULL, NULL),
    ('person_merged', 'Người này đã được gộp vào người khác', 'the person was already merged into another', NULL, NULL),
    ('person_not_merged', 'Người này chưa được gộp vào ai', 'the person was not merged into another', NULL, NULL),
    ('both_inside', 'Cả hai đang ở trong cùng một sự kiện', 'both are inside the same event', NULL, NULL),
    -- a paper that is not accepted, or not revoked
    ('officer_unknown', 'Không có cán bộ này hoặc cán bộ đã ngừng làm việc', 'unknown or inactive officer', NULL, NULL),
    ('kind_unknown', 'Không có loại giấy tờ hoặc xét nghiệm này', 'unknown kind of paper or test', NULL, NULL),
    ('kind_missing', 'Thiếu loại xét nghiệm hoặc tên giấy tờ', 'the kind of the test or the name of the credential is missing', 'Kết quả ghi rõ loại xét nghiệm hoặc tên giấy tờ, trên VNeID hoặc bản giấy', 'A result that says the kind of the test, or the name of the credential, on VNeID or on paper'),
    ('time_malformed', 'Thiếu ngày giờ hoặc ngày giờ không hợp lệ', 'the time is missing or invalid', NULL, NULL),
    ('in_future', 'Ngày giờ nằm trong tương lai', 'the time is in the future', NULL, NULL),
    ('before_birth', 'Ngày giờ trước ngày sinh', 'the time is before the birth date', NULL, NULL),
    ('ends_before_begin', 'Thời điểm kết thúc trước thời điểm bắt đầu', 'the end is before the beginning', NULL, NULL),
    ('disease_unknown', 'Không có tên bệnh này', 'unknown disease', NULL, NULL),
    ('product_unknown', 'Không có vắc xin này', 'unknown vaccine product', NULL, NULL),
    ('number_malformed', 'Số thứ tự mũi tiêm không hợp lệ', 'the number of the dose is invalid', NULL, NULL),
    ('result_missing', 'Thiếu kết quả xét nghiệm', 'the test result is missing', 'Kết quả xét nghiệm trên VNeID hoặc bản giấy', 'The test result on VNeID or on paper'),
    ('result_unknown', 'Không có kết quả xét nghiệm này', 'unknown test result', NULL, NULL),
    ('too_many_facts', 'Hồ sơ đã đạt số mục tối đa', 'the record is full', NULL, NULL),
    ('document_used', 'Giấy tờ này đã dùng cho người khác', 'this paper was used for another person', NULL, NULL),
    ('differs_from_stored', 'Khác với giấy tờ đã chấp nhận trước đó', 'the paper contradicts one that was accepted before', NULL, NULL),
    ('answers_malformed', 'Câu trả lời trong khai báo y tế không hợp lệ', 'the answers of the health declaration are not valid', NULL, NULL),
    ('paper_unknown', 'Không có giấy tờ này trong số đã chấp nhận', 'no such paper was accepted', NULL, NULL),
    ('paper_revoked', 'Việc chấp nhận giấy tờ này đã bị rút lại', 'the paper was already revoked', NULL, NULL)
) w(code, vi, en, ask_vi, ask_en) USING (code);

CREATE FUNCTION reason_changed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.code, NEW.verdict, NEW.about) = (OLD.code, OLD.verdict, OLD.about) THEN
        NEW.changed := true;
        RETURN NEW;
    ELSIF TG_OP = 'INSERT' THEN
        -- a restore brings the words that were changed
        UPDATE cccd_gate.reason r SET vi = NEW.vi, en = NEW.en, ask_vi = NEW.ask_vi, ask_en = NEW.ask_en
        WHERE r.code = NEW.code;
        IF FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    RAISE EXCEPTION 'only the words of a reason can be changed'
        USING ERRCODE = 'object_not_in_prerequisite_state',
              DETAIL = 'Which reasons there are, what they lead to and what they are about is fixed.',
              HINT = 'Change vi, en, ask_vi or ask_en with UPDATE.';
END
$$;
COMMENT ON FUNCTION reason_changed() IS
    'trigger of reason: lets words be changed, and words of a dump be restored; refuses everything else';
CREATE TRIGGER reason_changed BEFORE INSERT OR UPDATE OR DELETE ON reason
    FOR EACH ROW EXECUTE FUNCTION reason_changed();
COMMENT ON TRIGGER reason_changed ON reason IS 'words may be changed, nothing else';
CREATE TRIGGER reason_truncated BEFORE TRUNCATE ON reason
    FOR EACH STATEMENT EXECUTE FUNCTION reason_changed();
COMMENT ON TRIGGER reason_truncated ON reason IS 'reasons stay';
