-- reasons, officers, decisions, attendance, papers, rejects

CREATE TABLE reason (
    code text PRIMARY KEY,
    verdict text NOT NULL,
    about text NOT NULL,
    vi text NOT NULL,
    en text NOT NULL,
    ask_vi text,
    ask_en text,
    shipped boolean NOT NULL DEFAULT true,
    CONSTRAINT reason_verdict CHECK (verdict IN ('review', 'refuse')),
    CONSTRAINT reason_about CHECK (about IN ('request', 'card', 'certificate', 'ticket', 'rule', 'place', 'desk', 'paper'))
);
COMMENT ON TABLE reason IS 'reasons of a verdict, in the words that a guard reads';
COMMENT ON COLUMN reason.code IS 'code in answers and decisions';
COMMENT ON COLUMN reason.verdict IS 'what the reason leads to: review, a person must look; refuse';
COMMENT ON COLUMN reason.about IS 'what it is about: request, card, certificate, ticket, rule, place, desk, or a paper that accept_paper() did not take';
COMMENT ON COLUMN reason.vi IS 'the reason in Vietnamese';
COMMENT ON COLUMN reason.en IS 'the reason in English';
COMMENT ON COLUMN reason.ask_vi IS 'what the guard should ask for, in Vietnamese; NULL: nothing helps';
COMMENT ON COLUMN reason.ask_en IS 'what the guard should ask for, in English';
COMMENT ON COLUMN reason.shipped IS 'came with the extension and is not dumped, so that changes of its words do not survive a restore';
COMMENT ON CONSTRAINT reason_pkey ON reason IS 'codes are unique';
COMMENT ON CONSTRAINT reason_verdict ON reason IS 'known verdicts';
COMMENT ON CONSTRAINT reason_about ON reason IS 'known subjects';

INSERT INTO reason (code, verdict, about, vi, en, ask_vi, ask_en) VALUES
-- the call itself
('bad_request', 'refuse', 'request', 'Yêu cầu kiểm tra không hợp lệ', 'invalid request', NULL, NULL),
('event_unknown', 'refuse', 'request', 'Không có sự kiện này', 'unknown event', NULL, NULL),
('gate_unknown', 'refuse', 'request', 'Sự kiện không có cổng này', 'the event does not have this gate', NULL, NULL),
('request_id_reused', 'refuse', 'request', 'Mã yêu cầu đã dùng cho một lượt kiểm tra khác', 'the request id belongs to another check', 'Quét lại', 'Scan again'),
('decision_unknown', 'refuse', 'request', 'Không có lượt kiểm tra này', 'unknown decision', NULL, NULL),
-- the card
('scan_unreadable', 'review', 'card', 'Không đọc được mã vừa quét', 'the scan cannot be read', 'Quét lại mã trên thẻ căn cước', 'Scan the code on the identity card again'),
('not_an_identity_card', 'review', 'card', 'Mã vừa quét không phải của giấy tờ tùy thân', 'the scan is not of an identity document', 'Thẻ căn cước', 'The identity card'),
('scan_damaged', 'review', 'card', 'Dữ liệu quét bị hỏng hoặc thiếu', 'the scan is damaged or incomplete', 'Quét lại; so thẻ với người cầm thẻ', 'Scan again; compare the card with its holder'),
('scan_incomplete', 'review', 'card', 'Mã vừa quét thiếu thông tin để đối chiếu', 'the scan leaves out what is to be compared with the register', 'Quét lại; so thẻ với người cầm thẻ', 'Scan again; compare the card with its holder'),
('number_disagrees', 'review', 'card', 'Số định danh không khớp với ngày sinh hoặc giới tính trên thẻ', 'the number does not match the birth date or sex on the card', 'Thẻ gốc; xem kỹ thẻ thật hay giả', 'The original card; check that it is genuine'),
('number_cancelled', 'review', 'card', 'Số định danh đã bị hủy', 'the identity number was cancelled', 'Thẻ mới mang số hiện hành', 'The new card with the current number'),
('number_ambiguous', 'review', 'card', 'Nhiều người có giấy tờ mang số này', 'several people have a document with this number', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('person_unknown', 'review', 'card', 'Không có người này trong cơ sở dữ liệu', 'the person is not in the register', 'Giấy tờ tùy thân bản gốc; đăng ký tại bàn kiểm tra giấy tờ', 'The original identity document; register at the desk'),
('name_disagrees', 'review', 'card', 'Họ tên trên thẻ khác với cơ sở dữ liệu', 'the name on the card differs from the register', 'Thẻ gốc và một giấy tờ khác', 'The original card and a second document'),
('birth_date_disagrees', 'review', 'card', 'Ngày sinh trên thẻ khác với cơ sở dữ liệu', 'the birth date on the card differs from the register', 'Thẻ gốc và một giấy tờ khác', 'The original card and a second document'),
('sex_disagrees', 'review', 'card', 'Giới tính trên thẻ khác với cơ sở dữ liệu', 'the sex on the card differs from the register', 'Thẻ gốc và một giấy tờ khác', 'The original card and a second document'),
('deceased', 'review', 'card', 'Cơ sở dữ liệu ghi người này đã mất', 'the register says that this person has died', 'Thẻ gốc; so thẻ với người cầm thẻ', 'The original card; compare it with its holder'),
('card_unknown', 'review', 'card', 'Cơ sở dữ liệu không có thẻ cấp ngày này', 'the register has no card with this date of issue', 'Thẻ mới nhất', 'The newest card'),
('card_expired', 'review', 'card', 'Thẻ đã hết hạn', 'the card has expired', 'Thẻ mới hoặc giấy hẹn trả thẻ', 'The new card, or the receipt for it'),
('card_lost', 'refuse', 'card', 'Thẻ đã báo mất', 'the card was reported lost', NULL, NULL),
('card_revoked', 'refuse', 'card', 'Thẻ đã bị thu hồi', 'the card was revoked', NULL, NULL),
('card_replaced', 'refuse', 'card', 'Thẻ đã được thay bằng thẻ mới', 'the card was replaced by a newer one', 'Thẻ mới', 'The new card'),
('evidence_too_weak', 'review', 'card', 'Giấy tờ chưa đủ độ tin cậy cho sự kiện này', 'the evidence of identity is too weak for this event', 'Thẻ căn cước gắn chip', 'The identity card with a chip'),
-- the card as a picture
('picture_unreadable', 'review', 'card', 'Không đọc được mã nào trong ảnh', 'no code can be read in the picture', 'Chụp lại gần hơn và rõ hơn, hoặc dùng máy quét', 'Take the picture again, nearer and sharper, or use the scanner'),
('picture_ambiguous', 'review', 'card', 'Trong ảnh có thẻ của nhiều người', 'the picture shows the cards of several people', 'Chụp lại, mỗi lần một thẻ', 'Take a picture of one card alone'),
('picture_not_possible', 'review', 'card', 'Máy chủ không đọc được ảnh', 'the server cannot read pictures', 'Dùng máy quét hoặc gõ số', 'Use the scanner, or type the number'),
-- the card's chip
('chip_changed', 'refuse', 'card', 'Dữ liệu trong chip đã bị thay đổi', 'the data on the chip differs from what the state signed', NULL, NULL),
('chip_forged', 'refuse', 'card', 'Chữ ký số trong chip không phải của cơ quan nhà nước', 'the digital signature on the chip was not made by the state', NULL, NULL),
('chip_signer_revoked', 'refuse', 'card', 'Chứng thư số dùng để ký chip đã bị thu hồi', 'the certificate that signed the chip was revoked', NULL, NULL),
('chip_copied', 'refuse', 'card', 'Chip là bản sao: trả lời sai khi kiểm tra', 'the chip is a copy: its answer to the challenge is wrong', NULL, NULL),
('chip_other_card', 'refuse', 'card', 'Số định danh trong chip khác với mã trên thẻ', 'the number on the chip differs from the code on the card', NULL, NULL),
('challenge_used', 'refuse', 'card', 'Lượt đọc chip này đã được sử dụng', 'this reading of the chip was already used', 'Đọc lại chip', 'Read the chip again'),
('challenge_unknown', 'refuse', 'card', 'Lượt đọc chip này không thuộc cổng này', 'this reading of the chip does not belong to this gate', 'Đọc lại chip', 'Read the chip again'),
('challenge_expired', 'review', 'card', 'Lượt đọc chip đã quá hạn', 'the reading of the chip took too long', 'Đọc lại chip', 'Read the chip again'),
('chip_unreadable', 'review', 'card', 'Không đọc được chip', 'the chip cannot be read', 'Đọc lại chip', 'Read the chip again'),
('chip_disagrees', 'review', 'card', 'Thông tin trong chip khác với mã trên thẻ', 'the chip differs from the code on the card', 'Thẻ gốc; so từng mục trên thẻ', 'The original card; compare what is printed on it'),
('chip_signer_unknown', 'review', 'card', 'Không xác định được cơ quan ký số dữ liệu chip', 'the signer of the chip is unknown', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_signer_expired', 'review', 'card', 'Chứng thư số dùng để ký chip không còn hiệu lực', 'the certificate that signed the chip is not valid at this time', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_mrz_missing', 'review', 'card', 'Chưa đọc vùng dữ liệu đọc bằng máy trong chip (DG1)', 'the machine readable zone on the chip (DG1) was not read', 'Đọc lại chip', 'Read the chip again'),
('chip_other_state', 'review', 'card', 'Chưa xác định được chip do Việt Nam ký số', 'it is not established that Viet Nam signed the chip', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_signer_role', 'review', 'card', 'Chứng thư số dùng để ký chip không phải loại dùng cho giấy tờ này', 'the certificate that signed the chip is not one for this kind of document', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_signing_time', 'review', 'card', 'Thời điểm ký chip nằm ngoài thời hạn của chứng thư số', 'the chip states a time of signing outside the validity of its signer''s certificate', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_unsigned_file', 'review', 'card', 'Chip có tệp không nằm trong danh sách đã ký số', 'a file of the chip is not on the list that was signed', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_policy', 'review', 'card', 'Chip khác tiêu chuẩn hơn mức được chấp nhận', 'the chip deviates from the standard more than the policy allows', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_weak', 'review', 'card', 'Chip dùng thuật toán ký số yếu', 'the chip uses a weak algorithm or key', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_unsupported', 'review', 'card', 'Chưa hỗ trợ thuật toán ký số của chip', 'an algorithm or key of the chip is not supported', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_not_verified', 'review', 'card', 'Chưa xác minh được chip', 'the chip could not be verified', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_trust_missing', 'review', 'card', 'Chưa nạp chứng thư số gốc để xác minh chip', 'no certificates for verifying chips are loaded', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
('chip_revocation_unknown', 'review', 'card', 'Chưa rõ chứng thư số dùng để ký chip có bị thu hồi hay không', 'it is not known whether the certificate that signed the chip was revoked', 'Giấy tờ tùy thân bản gốc', 'The original identity document'),
-- a health certificate
('certificate_forged', 'refuse', 'certificate', 'Chữ ký số của giấy chứng nhận y tế là giả', 'the signature of the health certificate is forged', NULL, NULL),
('certificate_revoked', 'refuse', 'certificate', 'Giấy chứng nhận y tế đã bị thu hồi', 'the health certificate was revoked', NULL, NULL),
('certificate_unreadable', 'review', 'certificate', 'Không đọc được giấy chứng nhận y tế', 'the health certificate cannot be read', 'Quét lại giấy chứng nhận y tế', 'Scan the health certificate again'),
('certificate_other_person', 'review', 'certificate', 'Giấy chứng nhận y tế ghi họ tên, ngày sinh hoặc số hộ chiếu khác', 'the health certificate has another name, birth date or passport number', 'Giấy chứng nhận y tế của chính người này', 'The person''s own health certificate'),
('certificate_format_unsupported', 'review', 'certificate', 'Hệ thống chưa đọc được loại mã của giấy chứng nhận y tế này', 'the format of the health certificate is not supported', 'Bản giấy của giấy chứng nhận', 'The certificate on paper'),
('certificate_uncertain_person', 'review', 'certificate', 'Chưa chắc giấy chứng nhận y tế là của người này', 'it is not certain that the health certificate is about this person', 'Giấy chứng nhận y tế ghi đúng và đủ họ tên, ngày sinh', 'A health certificate with the full name and birth date'),
('certificate_attempts_exhausted', 'review', 'certificate', 'Xuất trình cùng lúc quá nhiều giấy chứng nhận y tế khó xác minh', 'too many health certificates that are hard to verify were shown at once', 'Từng giấy chứng nhận y tế một', 'One health certificate at a time'),
('certificate_expired', 'review', 'certificate', 'Giấy chứng nhận y tế không còn hiệu lực', 'the health certificate is not valid at this time', 'Giấy chứng nhận y tế mới', 'A new health certificate'),
('certificate_signer_unknown', 'review', 'certificate', 'Không xác định được cơ quan ký số giấy chứng nhận y tế', 'the signer of the health certificate is unknown', 'Bản giấy của giấy chứng nhận', 'The certificate on paper'),
('certificate_not_verified', 'review', 'certificate', 'Chưa xác minh được giấy chứng nhận y tế', 'the health certificate could not be verified', 'Bản giấy của giấy chứng nhận', 'The certificate on paper'),
('certificate_trust_missing', 'review', 'certificate', 'Chưa nạp chứng thư số để xác minh giấy chứng nhận y tế', 'no certificates for verifying health certificates are loaded', 'Bản giấy của giấy chứng nhận', 'The certificate on paper'),
-- the ticket
('no_ticket', 'refuse', 'ticket', 'Không có vé', 'no ticket', 'Vé', 'The ticket'),
('ticket_unknown', 'refuse', 'ticket', 'Không tìm thấy vé này', 'unknown ticket', 'Vé khác', 'Another ticket'),
('ticket_other_event', 'refuse', 'ticket', 'Vé của sự kiện khác', 'the ticket is for another event', 'Vé của sự kiện này', 'The ticket for this event'),
('ticket_other_person', 'refuse', 'ticket', 'Vé ghi tên người khác', 'the ticket belongs to another person', 'Vé của chính người này', 'The person''s own ticket'),
('ticket_cancelled', 'refuse', 'ticket', 'Vé đã bị hủy', 'the ticket was cancelled', NULL, NULL),
('ticket_used', 'refuse', 'ticket', 'Vé đã được dùng', 'the ticket has been used', NULL, NULL),
('wrong_gate', 'review', 'ticket', 'Vé của cổng khác', 'the ticket is for another gate', 'Đến cổng ghi trên vé', 'Go to the gate on the ticket'),
-- the place
('too_early', 'refuse', 'place', 'Chưa mở cổng', 'the doors are not open yet', 'Đợi đến giờ mở cổng', 'Wait until the doors open'),
('event_over', 'refuse', 'place', 'Sự kiện đã kết thúc', 'the event is over', NULL, NULL),
('already_inside', 'refuse', 'place', 'Người này đã vào', 'this person is already inside', NULL, NULL),
('full', 'refuse', 'place', 'Đã đủ số người', 'the place is full', NULL, NULL),
-- the rule: what a paper may cure
('doses_missing', 'review', 'rule', 'Chưa có thông tin tiêm đủ mũi', 'not enough doses on record', 'Giấy chứng nhận tiêm chủng', 'A vaccination certificate'),
('dose_time', 'review', 'rule', 'Chưa có thông tin mũi tiêm đúng thời hạn', 'no dose within the required time on record', 'Giấy chứng nhận tiêm chủng', 'A vaccination certificate'),
('recovery_missing', 'review', 'rule', 'Chưa có thông tin khỏi bệnh trong thời hạn', 'no recovery within the required time on record', 'Giấy xác nhận khỏi bệnh', 'Proof of recovery'),
('immunity_missing', 'review', 'rule', 'Chưa có thông tin tiêm đủ mũi hoặc khỏi bệnh', 'neither enough vaccination nor recovery on record', 'Giấy chứng nhận tiêm chủng hoặc giấy xác nhận khỏi bệnh', 'A vaccination certificate or proof of recovery'),
('test_missing', 'review', 'rule', 'Chưa có kết quả xét nghiệm còn hạn', 'no test result within the required time on record', 'Giấy kết quả xét nghiệm', 'A test result'),
('positive_test', 'review', 'rule', 'Kết quả dương tính không đáp ứng quy định', 'the positive test does not meet the rule', 'Giấy xác nhận khỏi bệnh', 'Proof of recovery'),
('contraindication_missing', 'review', 'rule', 'Chưa có thông tin chống chỉ định tiêm chủng', 'no contraindication on record', 'Giấy xác nhận chống chỉ định', 'A certificate of contraindication'),
('isolation_time', 'review', 'rule', 'Chưa đủ thời gian kể từ khi cách ly', 'the time since isolation does not meet the rule', 'Giấy xác nhận hoàn thành cách ly', 'The certificate of completed isolation'),
('exposure_time', 'review', 'rule', 'Chưa đủ thời gian kể từ khi tiếp xúc', 'the time since contact with a case does not meet the rule', 'Giấy xác nhận hoàn thành cách ly', 'The certificate of completed isolation'),
('not_accompanied', 'review', 'rule', 'Không có người lớn đi cùng', 'no accompanying adult', 'Người lớn đi cùng', 'The accompanying adult'),
('evidence_rule', 'review', 'rule', 'Giấy tờ chưa đủ độ tin cậy theo quy định', 'the rule requires stronger evidence of identity', 'Thẻ căn cước gắn chip', 'The identity card with a chip'),
('not_certain', 'review', 'rule', 'Hồ sơ chưa đủ thông tin để kết luận', 'the record is not sufficient to decide', 'Giấy chứng nhận tiêm chủng hoặc kết quả xét nghiệm', 'A vaccination certificate or a test result'),
('test_pending', 'review', 'rule', 'Xét nghiệm chưa có kết quả', 'a test has no result yet', 'Giấy kết quả xét nghiệm', 'The test result'),
('age_unknown', 'review', 'rule', 'Chưa biết ngày sinh', 'the birth date is not known', 'Giấy tờ có ngày sinh', 'A document with the birth date'),
('accompanied_unknown', 'review', 'rule', 'Chưa rõ có người lớn đi cùng hay không', 'it is not known whether an adult accompanies the person', 'Người lớn đi cùng', 'The accompanying adult'),
('origin_unknown', 'review', 'rule', 'Chưa rõ đến từ đâu', 'it is not known where the person comes from', 'Nơi ở trong 14 ngày qua', 'Where the person has been in the last 14 days'),
('place_unknown', 'review', 'rule', 'Chưa rõ nơi đăng ký khai sinh hoặc cấp độ dịch', 'the place or the epidemic level is not known', NULL, NULL),
('rule_empty', 'review', 'rule', 'Sự kiện chưa có quy định', 'the event has no rule', NULL, NULL),
-- the rule: obstacles
('isolated', 'refuse', 'rule', 'Đang cách ly', 'in isolation', NULL, NULL),
('exposed', 'refuse', 'rule', 'Có tiếp xúc với ca bệnh', 'contact with a case', NULL, NULL),
('age', 'refuse', 'rule', 'Không đúng độ tuổi theo quy định', 'the age does not meet the rule', NULL, NULL),
('ticket_rule', 'refuse', 'rule', 'Quy định yêu cầu có vé', 'the rule requires a ticket', 'Vé', 'The ticket'),
('place_rule', 'refuse', 'rule', 'Không đúng địa bàn hoặc cấp độ dịch theo quy định', 'the place or the epidemic level does not meet the rule', NULL, NULL),
('sex_rule', 'refuse', 'rule', 'Không đúng giới tính theo quy định', 'the sex does not meet the rule', NULL, NULL),
('rule_forbids', 'refuse', 'rule', 'Quy định loại trừ trường hợp này', 'the rule excludes this case', NULL, NULL),
-- the desk
('turned_away', 'refuse', 'desk', 'Bàn kiểm tra giấy tờ từ chối', 'turned away at the desk', NULL, NULL),
('decision_closed', 'refuse', 'desk', 'Lượt kiểm tra này đã kết thúc', 'the decision is already closed', NULL, NULL),
-- why two people are not merged, or one is not split
('person_same', 'refuse', 'desk', 'Hai lần cùng một người', 'this is the same person twice', NULL, NULL),
('person_merged', 'refuse', 'desk', 'Người này đã được gộp vào người khác', 'the person was already merged into another', NULL, NULL),
('person_not_merged', 'refuse', 'desk', 'Người này chưa được gộp vào ai', 'the person was not merged into another', NULL, NULL),
('both_inside', 'refuse', 'desk', 'Cả hai đã vào cùng một sự kiện', 'both attended the same event', NULL, NULL),
-- why a paper is not accepted
('officer_unknown', 'refuse', 'paper', 'Không có cán bộ này hoặc cán bộ đã ngừng làm việc', 'unknown or inactive officer', NULL, NULL),
('kind_unknown', 'review', 'paper', 'Không có loại giấy tờ hoặc xét nghiệm này', 'unknown kind of paper or test', NULL, NULL),
('time_malformed', 'review', 'paper', 'Thiếu ngày giờ hoặc ngày giờ không hợp lệ', 'the time is missing or invalid', NULL, NULL),
('in_future', 'review', 'paper', 'Ngày giờ nằm trong tương lai', 'the time is in the future', NULL, NULL),
('before_birth', 'review', 'paper', 'Ngày giờ trước ngày sinh', 'the time is before the birth date', NULL, NULL),
('ends_before_begin', 'review', 'paper', 'Thời điểm kết thúc trước thời điểm bắt đầu', 'the end is before the beginning', NULL, NULL),
('disease_unknown', 'review', 'paper', 'Không có tên bệnh này', 'unknown disease', NULL, NULL),
('product_unknown', 'review', 'paper', 'Không có vắc xin này', 'unknown vaccine product', NULL, NULL),
('number_malformed', 'review', 'paper', 'Số thứ tự mũi tiêm không hợp lệ', 'the number of the dose is invalid', NULL, NULL),
('result_unknown', 'review', 'paper', 'Không có kết quả xét nghiệm này', 'unknown test result', NULL, NULL),
('too_many_facts', 'review', 'paper', 'Hồ sơ đã đạt số mục tối đa', 'the record is full', NULL, NULL),
('document_used', 'refuse', 'paper', 'Giấy tờ này đã dùng cho người khác', 'this paper was used for another person', NULL, NULL),
('differs_from_stored', 'review', 'paper', 'Khác với giấy tờ đã chấp nhận trước đó', 'the paper contradicts one that was accepted before', NULL, NULL);
ALTER TABLE reason ALTER COLUMN shipped SET DEFAULT false;

CREATE TABLE officer (
    officer text PRIMARY KEY,
    name text NOT NULL,
    active boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE officer IS 'who may accept papers and close reviews';
COMMENT ON COLUMN officer.officer IS 'short name that the application uses';
COMMENT ON COLUMN officer.name IS 'full name';
COMMENT ON COLUMN officer.active IS 'may act now';
COMMENT ON CONSTRAINT officer_pkey ON officer IS 'short names are unique';

CREATE TABLE attendance (
    attendance bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event int NOT NULL,
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    ticket bigint REFERENCES ticket ON DELETE SET NULL,
    gate text NOT NULL,
    admitted_at timestamptz NOT NULL,
    proof_record smallint NOT NULL,
    proof_paper smallint NOT NULL,
    basis "char" NOT NULL GENERATED ALWAYS AS (
        CASE WHEN proof_paper = 0 THEN CASE WHEN proof_record = 0 THEN 'n' ELSE 'r' END
             ELSE CASE WHEN proof_record = 0 THEN 'p' ELSE 'm' END END) STORED,
    merged_from bigint,
    CONSTRAINT attendance_person UNIQUE (event, person),
    CONSTRAINT attendance_ticket UNIQUE (ticket)
);
COMMENT ON TABLE attendance IS
    'who was admitted; the two unique constraints admit a person and a ticket once, however many gates ask at the same moment';
COMMENT ON COLUMN attendance.attendance IS 'internal key';
COMMENT ON COLUMN attendance.event IS
    'event; no foreign key, because the row lock that it takes on one hot row would make all gates wait';
COMMENT ON COLUMN attendance.person IS 'who';
COMMENT ON COLUMN attendance.ticket IS 'the ticket that was used up; NULL where none was needed';
COMMENT ON COLUMN attendance.gate IS 'gate';
COMMENT ON COLUMN attendance.admitted_at IS 'when';
COMMENT ON COLUMN attendance.proof_record IS
    'facts that proved eligibility and were on record: from the national systems or a signed certificate';
COMMENT ON COLUMN attendance.proof_paper IS 'facts that proved eligibility and came as paper, or were declared';
COMMENT ON COLUMN attendance.basis IS 'r: all on record, m: part record and part paper, p: all paper, n: the rule needed no fact';
COMMENT ON COLUMN attendance.merged_from IS 'whose it was before merge_people(); NULL: never moved';
COMMENT ON SEQUENCE attendance_attendance_seq IS 'gives attendance.attendance; refused admissions leave gaps';
COMMENT ON CONSTRAINT attendance_pkey ON attendance IS 'key';
COMMENT ON CONSTRAINT attendance_person_fkey ON attendance IS 'attendance goes with its person';
COMMENT ON CONSTRAINT attendance_ticket_fkey ON attendance IS 'the ticket exists';
COMMENT ON CONSTRAINT attendance_person ON attendance IS 'a person enters an event once';
COMMENT ON CONSTRAINT attendance_ticket ON attendance IS 'a ticket is used once';

CREATE TABLE decision (
    decision bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    request uuid NOT NULL CONSTRAINT decision_request UNIQUE,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    at timestamptz NOT NULL,
    event int,
    gate text,
    person bigint REFERENCES person ON DELETE SET NULL,
    ticket bigint,
    card_kind text,
    evidence text,
    accompanied boolean,
    verdict text NOT NULL,
    reasons text[] NOT NULL,
    failed bigint,
    unsure bigint,
    valid_until timestamptz,
    attendance bigint,
    rule_digest bytea,
    facts_digest bytea,
    previous bigint,
    officer text,
    note text,
    document bigint,
    CONSTRAINT decision_verdict CHECK (verdict IN ('admit', 'review', 'refuse')),
    CONSTRAINT decision_admit CHECK ((verdict = 'admit') = (attendance IS NOT NULL)),
    CONSTRAINT decision_reasons CHECK ((verdict = 'admit') = (reasons = '{}'))
);
CREATE INDEX decision_previous ON decision (previous) WHERE previous IS NOT NULL;
CREATE INDEX decision_person ON decision (person);
CREATE INDEX decision_event ON decision (event, at);
COMMENT ON TABLE decision IS
    'every answer that a check gave; rows are added, never changed; holds no scan, no name and no identity number';
COMMENT ON COLUMN decision.decision IS 'internal key';
COMMENT ON COLUMN decision.request IS 'the caller''s request id: asking again gives this row''s answer';
COMMENT ON COLUMN decision.decided_at IS 'the server''s clock';
COMMENT ON COLUMN decision.at IS 'the moment that the caller asked about';
COMMENT ON COLUMN decision.event IS 'event; NULL if there was none of that code';
COMMENT ON COLUMN decision.gate IS 'gate; NULL if the event had none of that name';
COMMENT ON COLUMN decision.person IS 'who; NULL if not known, or erased since';
COMMENT ON COLUMN decision.ticket IS 'ticket that was shown or is bound to the person; NULL if none';
COMMENT ON COLUMN decision.card_kind IS 'what was scanned, as cccd_scan_kind names it; passport; chip, where the chip alone was read';
COMMENT ON COLUMN decision.evidence IS 'evidence of identity';
COMMENT ON COLUMN decision.accompanied IS 'what the caller said';
COMMENT ON COLUMN decision.verdict IS 'admit, review or refuse';
COMMENT ON COLUMN decision.reasons IS 'codes of reason, the refusing ones first; empty for admit';
COMMENT ON COLUMN decision.failed IS 'clauses of the rule that failed, bit i is clause i + 1';
COMMENT ON COLUMN decision.unsure IS 'clauses of the rule that were unknown';
COMMENT ON COLUMN decision.valid_until IS 'when the rule''s answer changes';
COMMENT ON COLUMN decision.attendance IS 'attendance row of an admission; its number stays when the row is erased';
COMMENT ON COLUMN decision.rule_digest IS 'the rule that was asked: rule_text.digest';
COMMENT ON COLUMN decision.facts_digest IS 'SHA-256 of the record that was judged, binary form';
COMMENT ON COLUMN decision.previous IS 'the decision that this one follows: after papers, or at the desk';
COMMENT ON COLUMN decision.officer IS 'the officer who closed a review';
-- a note may name people
ALTER TABLE decision ALTER COLUMN note SET STATISTICS 0;
COMMENT ON COLUMN decision.note IS 'what the officer wrote, with every run of six digits or more masked';
COMMENT ON COLUMN decision.document IS 'the document in hand, if the register has it; no foreign key, because a document can be taken back';
COMMENT ON SEQUENCE decision_decision_seq IS 'gives decision.decision';
COMMENT ON INDEX decision_previous IS 'what followed a decision';
COMMENT ON INDEX decision_person IS 'decisions about a person';
COMMENT ON INDEX decision_event IS 'decisions of an event in order of time';
COMMENT ON CONSTRAINT decision_pkey ON decision IS 'key';
COMMENT ON CONSTRAINT decision_request ON decision IS 'one request, one answer';
COMMENT ON CONSTRAINT decision_person_fkey ON decision IS 'erasing a person leaves decisions about nobody';
COMMENT ON CONSTRAINT decision_verdict ON decision IS 'known verdicts';
COMMENT ON CONSTRAINT decision_admit ON decision IS 'who is admitted is in attendance';
COMMENT ON CONSTRAINT decision_reasons ON decision IS 'who is not admitted is told why';

CREATE FUNCTION decision_unchanged() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    anonymous cccd_gate.decision := OLD;
BEGIN
    anonymous.person := NULL;
    IF NEW IS DISTINCT FROM anonymous THEN
        RAISE EXCEPTION 'decisions cannot be changed'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION decision_unchanged() IS 'trigger of decision: of a decision only the person can be taken away; error 55000';
CREATE TRIGGER decision_unchanged BEFORE UPDATE ON decision
    FOR EACH ROW EXECUTE FUNCTION decision_unchanged();
COMMENT ON TRIGGER decision_unchanged ON decision IS 'the log is append-only';

CREATE TABLE paper_evidence (
    paper bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    decision bigint NOT NULL,
    person bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    officer text NOT NULL REFERENCES officer,
    accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL,
    document_hash bytea,
    CONSTRAINT paper_evidence_kind CHECK (kind IN
        ('dose', 'test', 'recovery', 'isolation', 'exposure', 'contraindication', 'identity'))
);
CREATE INDEX paper_evidence_decision ON paper_evidence (decision);
CREATE INDEX paper_evidence_document ON paper_evidence (document_hash) WHERE document_hash IS NOT NULL;
COMMENT ON TABLE paper_evidence IS 'papers that an officer saw and accepted; no picture and no number is kept';
COMMENT ON COLUMN paper_evidence.paper IS 'internal key';
COMMENT ON COLUMN paper_evidence.decision IS 'the decision that asked for it';
COMMENT ON COLUMN paper_evidence.person IS 'whose paper it is';
COMMENT ON COLUMN paper_evidence.officer IS 'who accepted it';
COMMENT ON COLUMN paper_evidence.accepted_at IS 'when';
COMMENT ON COLUMN paper_evidence.kind IS 'what it states; identity: the officer compared card and holder and answers for it';
COMMENT ON COLUMN paper_evidence.document_hash IS 'keyed hash of the document''s number, so that one paper cannot serve two people';
COMMENT ON SEQUENCE paper_evidence_paper_seq IS 'gives paper_evidence.paper';
COMMENT ON INDEX paper_evidence_decision IS 'papers of a decision';
COMMENT ON INDEX paper_evidence_document IS 'has this paper been seen before';
COMMENT ON CONSTRAINT paper_evidence_pkey ON paper_evidence IS 'key';
COMMENT ON CONSTRAINT paper_evidence_person_fkey ON paper_evidence IS 'papers go with their person';
COMMENT ON CONSTRAINT paper_evidence_officer_fkey ON paper_evidence IS 'a named officer';
COMMENT ON CONSTRAINT paper_evidence_kind ON paper_evidence IS 'known kinds';

CREATE TABLE secret (
    key bytea NOT NULL,
    single boolean PRIMARY KEY DEFAULT true,
    CONSTRAINT secret_single CHECK (single)
);
COMMENT ON TABLE secret IS
    'key of the hashes in paper_evidence, made when the extension is created; it is not dumped, so that a dump alone cannot be used to guess numbers';
COMMENT ON COLUMN secret.key IS '32 random bytes';
COMMENT ON COLUMN secret.single IS 'there is one row';
COMMENT ON CONSTRAINT secret_pkey ON secret IS 'there is one row';
COMMENT ON CONSTRAINT secret_single ON secret IS 'there is one row';
ALTER TABLE secret ALTER COLUMN key SET STATISTICS 0;
-- two random UUIDs hold 244 random bits
INSERT INTO secret (key) VALUES (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
