/*
 * explain_sentences.h
 *		Every kind of clause about facts with its sentence in both languages;
 *		those about the context are in explain_context.h.
 */
#ifndef EXPLAIN_SENTENCES_H
#define EXPLAIN_SENTENCES_H

typedef struct ExplainSentence
{
	const char *rule;
	const char *vietnamese;
	const char *english;
} ExplainSentence;

static const ExplainSentence fact_sentences[] =

{
	{
		"doses = 2",
		"Đã tiêm đúng 2 mũi vắc xin phòng COVID-19",
		"Exactly 2 doses of COVID-19 vaccine"
	},
	{
		"doses = 1",
		"Đã tiêm đúng 1 mũi vắc xin phòng COVID-19",
		"Exactly 1 dose of COVID-19 vaccine"
	},
	{
		"doses = 0",
		"Chưa tiêm mũi vắc xin phòng COVID-19 nào",
		"No dose of COVID-19 vaccine"
	},
	{
		"doses <> 2",
		"Số mũi vắc xin phòng COVID-19 đã tiêm khác 2",
		"A number of doses of COVID-19 vaccine other than 2"
	},
	{
		"doses <> 0",
		"Đã tiêm ít nhất 1 mũi vắc xin phòng COVID-19",
		"At least 1 dose of COVID-19 vaccine"
	},
	{
		"doses >= 2",
		"Đã tiêm ít nhất 2 mũi vắc xin phòng COVID-19",
		"At least 2 doses of COVID-19 vaccine"
	},
	{
		"doses >= 0",
		"Đã tiêm ít nhất 0 mũi vắc xin phòng COVID-19",
		"At least 0 doses of COVID-19 vaccine"
	},
	{
		"doses <= 1",
		"Đã tiêm không quá 1 mũi vắc xin phòng COVID-19",
		"At most 1 dose of COVID-19 vaccine"
	},
	{
		"doses between 1 and 2",
		"Đã tiêm từ 1 đến 2 mũi vắc xin phòng COVID-19",
		"1 to 2 doses of COVID-19 vaccine"
	},
	{
		"doses not between 1 and 2",
		"Số mũi vắc xin phòng COVID-19 đã tiêm ít hơn 1 hoặc nhiều "
		"hơn 2",
		"Fewer than 1 or more than 2 doses of COVID-19 vaccine"
	},
	{
		"not doses = 2",
		"Số mũi vắc xin phòng COVID-19 đã tiêm khác 2",
		"A number of doses of COVID-19 vaccine other than 2"
	},
	{
		"not doses = 0",
		"Đã tiêm ít nhất 1 mũi vắc xin phòng COVID-19",
		"At least 1 dose of COVID-19 vaccine"
	},
	{
		"not doses <> 2",
		"Đã tiêm đúng 2 mũi vắc xin phòng COVID-19",
		"Exactly 2 doses of COVID-19 vaccine"
	},
	{
		"not doses <> 0",
		"Chưa tiêm mũi vắc xin phòng COVID-19 nào",
		"No dose of COVID-19 vaccine"
	},
	{
		"not doses >= 2",
		"Đã tiêm không quá 1 mũi vắc xin phòng COVID-19",
		"At most 1 dose of COVID-19 vaccine"
	},
	{
		"not doses >= 1",
		"Chưa tiêm mũi vắc xin phòng COVID-19 nào",
		"No dose of COVID-19 vaccine"
	},
	{
		"not doses >= 0",
		"Đã tiêm ít hơn 0 mũi vắc xin phòng COVID-19",
		"Fewer than 0 doses of COVID-19 vaccine"
	},
	{
		"not doses <= 1",
		"Đã tiêm ít nhất 2 mũi vắc xin phòng COVID-19",
		"At least 2 doses of COVID-19 vaccine"
	},
	{
		"not doses between 1 and 2",
		"Số mũi vắc xin phòng COVID-19 đã tiêm ít hơn 1 hoặc nhiều "
		"hơn 2",
		"Fewer than 1 or more than 2 doses of COVID-19 vaccine"
	},
	{
		"doses(product = 'EU/1/20/1528') >= 1",
		"Đã tiêm ít nhất 1 mũi vắc xin phòng COVID-19 (Comirnaty "
		"EU/1/20/1528)",
		"At least 1 dose of COVID-19 vaccine (Comirnaty "
		"EU/1/20/1528)"
	},
	{
		"doses(product in ('EU/1/20/1528', 'Abdala', #1711), "
		"disease = measles, source >= paper, signed) >= 1",
		"Đã tiêm ít nhất 1 mũi vắc xin phòng bệnh sởi (Comirnaty "
		"EU/1/20/1528, Abdala hoặc #1711; nguồn: giấy tờ, chứng "
		"nhận điện tử hoặc cơ sở dữ liệu quốc gia; có chữ ký số)",
		"At least 1 dose of measles vaccine (Comirnaty "
		"EU/1/20/1528, Abdala or #1711; source: paper, electronic "
		"certificate or national database; digitally signed)"
	},
	{
		"doses(disease = #200) >= 1",
		"Đã dùng ít nhất 1 liều vắc xin phòng bệnh mã 200",
		"At least 1 dose of vaccine against disease #200"
	},
	{
		"doses not between 0 and 1",
		"Đã tiêm ít nhất 2 mũi vắc xin phòng COVID-19",
		"At least 2 doses of COVID-19 vaccine"
	},
	{
		"doses(disease = rotavirus) >= 2",
		"Đã dùng ít nhất 2 liều vắc xin phòng tiêu chảy do vi rút "
		"rota",
		"At least 2 doses of rotavirus vaccine"
	},
	{
		"since(last_dose(disease = anthrax)) <= 1 year",
		"Đã tiêm vắc xin phòng bệnh than trong 1 năm qua",
		"A dose of anthrax vaccine within the last year"
	},
	{
		"since(exposure(disease = influenza)) <= 1 day",
		"Đã tiếp xúc với người mắc cúm trong 1 ngày qua",
		"Contact with a case of influenza within the last day"
	},
	{
		"recovered(disease = meningococcal)",
		"Đã khỏi bệnh do não mô cầu, còn hiệu lực",
		"Recovered from meningococcal disease, still valid"
	},
	{
		"since(last_dose) >= 14 days",
		"Mũi vắc xin phòng COVID-19 gần nhất cách đây ít nhất 14 "
		"ngày",
		"Last dose of COVID-19 vaccine at least 14 days ago"
	},
	{
		"since(last_dose) > 1 week",
		"Mũi vắc xin phòng COVID-19 gần nhất cách đây hơn 1 tuần",
		"Last dose of COVID-19 vaccine more than 1 week ago"
	},
	{
		"since(last_dose) <= 12 months",
		"Đã tiêm vắc xin phòng COVID-19 trong 12 tháng qua",
		"A dose of COVID-19 vaccine within the last 12 months"
	},
	{
		"since(last_dose) < 1 year",
		"Mũi vắc xin phòng COVID-19 gần nhất cách đây chưa đến 1 năm",
		"Last dose of COVID-19 vaccine less than 1 year ago"
	},
	{
		"since(last_dose) between 14 days and 12 months",
		"Mũi vắc xin phòng COVID-19 gần nhất cách đây từ 14 ngày "
		"đến 12 tháng",
		"Last dose of COVID-19 vaccine between 14 days and 12 "
		"months ago"
	},
	{
		"not since(last_dose) >= 14 days",
		"Không thuộc trường hợp: Mũi vắc xin phòng COVID-19 gần "
		"nhất cách đây ít nhất 14 ngày",
		"Not the case: Last dose of COVID-19 vaccine at least 14 "
		"days ago"
	},
	{
		"not since(last_dose) <= 12 months",
		"Không tiêm vắc xin phòng COVID-19 trong 12 tháng qua",
		"No dose of COVID-19 vaccine within the last 12 months"
	},
	{
		"not since(last_dose) < 1 year",
		"Không thuộc trường hợp: Mũi vắc xin phòng COVID-19 gần "
		"nhất cách đây chưa đến 1 năm",
		"Not the case: Last dose of COVID-19 vaccine less than 1 "
		"year ago"
	},
	{
		"since(last_dose(product in ('EU/1/20/1528', "
		"'EU/1/20/1507'))) between 14 days and 12 months",
		"Mũi vắc xin phòng COVID-19 (Comirnaty EU/1/20/1528 hoặc "
		"Spikevax EU/1/20/1507) gần nhất cách đây từ 14 ngày đến "
		"12 tháng",
		"Last dose of COVID-19 vaccine (Comirnaty EU/1/20/1528 or "
		"Spikevax EU/1/20/1507) between 14 days and 12 months ago"
	},
	{
		"since(first_dose) >= 3 weeks",
		"Mũi vắc xin phòng COVID-19 đầu tiên cách đây ít nhất 3 tuần",
		"First dose of COVID-19 vaccine at least 3 weeks ago"
	},
	{
		"since(first_dose(signed)) <= 3 weeks",
		"Mũi vắc xin phòng COVID-19 đầu tiên (có chữ ký số) cách "
		"đây không quá 3 tuần",
		"First dose of COVID-19 vaccine (digitally signed) at most "
		"3 weeks ago"
	},
	{
		"since(dose(2)) >= 14 days",
		"Mũi vắc xin phòng COVID-19 thứ 2 cách đây ít nhất 14 ngày",
		"Dose 2 of COVID-19 vaccine at least 14 days ago"
	},
	{
		"not since(dose(3, disease = measles)) <= 14 days",
		"Không thuộc trường hợp: Mũi vắc xin phòng bệnh sởi thứ 3 "
		"cách đây không quá 14 ngày",
		"Not the case: Dose 3 of measles vaccine at most 14 days ago"
	},
	{
		"since(recovery) <= 6 months",
		"Đã khỏi COVID-19 trong 6 tháng qua",
		"Recovered from COVID-19 within the last 6 months"
	},
	{
		"not since(recovery) <= 6 months",
		"Không có lần khỏi COVID-19 nào trong 6 tháng qua",
		"No recovery from COVID-19 within the last 6 months"
	},
	{
		"since(recovery(source = national)) > 6 months",
		"Lần khỏi COVID-19 (nguồn: cơ sở dữ liệu quốc gia) gần "
		"nhất cách đây hơn 6 tháng",
		"Last recovery from COVID-19 (source: national database) "
		"more than 6 months ago"
	},
	{
		"since(isolation) <= 30 minutes",
		"Đã bắt đầu cách ly trong 30 phút qua",
		"Isolation begun within the last 30 minutes"
	},
	{
		"not since(isolation(disease = measles)) <= 30 seconds",
		"Không bắt đầu cách ly do bệnh sởi trong 30 giây qua",
		"No isolation for measles begun within the last 30 seconds"
	},
	{
		"since(isolation(disease = measles)) >= 30 minutes",
		"Lần cách ly do bệnh sởi gần nhất bắt đầu cách đây ít nhất "
		"30 phút",
		"Last isolation for measles begun at least 30 minutes ago"
	},
	{
		"since(exposure) <= 14 days",
		"Đã tiếp xúc với người mắc COVID-19 trong 14 ngày qua",
		"Contact with a case of COVID-19 within the last 14 days"
	},
	{
		"not since(exposure) <= 14 days",
		"Không tiếp xúc với người mắc COVID-19 trong 14 ngày qua",
		"No contact with a case of COVID-19 within the last 14 days"
	},
	{
		"since(exposure) > 14 days",
		"Lần tiếp xúc với người mắc COVID-19 gần nhất cách đây hơn "
		"14 ngày",
		"Last contact with a case of COVID-19 more than 14 days ago"
	},
	{
		"since(contraindication) <= 90 days",
		"Có chống chỉ định vắc xin phòng COVID-19 được ghi nhận "
		"trong 90 ngày qua",
		"Contraindication to COVID-19 vaccine recorded within the "
		"last 90 days"
	},
	{
		"not since(contraindication(signed)) <= 90 days",
		"Không có chống chỉ định vắc xin phòng COVID-19 (có chữ ký "
		"số) được ghi nhận trong 90 ngày qua",
		"No contraindication to COVID-19 vaccine (digitally "
		"signed) recorded within the last 90 days"
	},
	{
		"since(contraindication) >= 90 days",
		"Chống chỉ định vắc xin phòng COVID-19 gần nhất được ghi "
		"nhận cách đây ít nhất 90 ngày",
		"Last contraindication to COVID-19 vaccine recorded at "
		"least 90 days ago"
	},
	{
		"since(negative(pcr, antigen)) <= 72 hours",
		"Có kết quả xét nghiệm âm tính (PCR hoặc kháng nguyên "
		"nhanh) trong 72 giờ qua",
		"A negative test (PCR or rapid antigen) within the last 72 "
		"hours"
	},
	{
		"since(negative(pcr)) <= 72 hours",
		"Có kết quả xét nghiệm âm tính (PCR) trong 72 giờ qua",
		"A negative test (PCR) within the last 72 hours"
	},
	{
		"not since(negative(pcr, antigen, antibody)) <= 72 hours",
		"Không có kết quả xét nghiệm âm tính (PCR, kháng nguyên "
		"nhanh hoặc kháng thể) trong 72 giờ qua",
		"No negative test (PCR, rapid antigen or antibody) within "
		"the last 72 hours"
	},
	{
		"since(negative(#4)) < 72 hours",
		"Kết quả xét nghiệm âm tính (loại 4) gần nhất cách đây "
		"chưa đến 72 giờ",
		"Last negative test (kind 4) less than 72 hours ago"
	},
	{
		"since(positive(pcr, antigen, disease = influenza)) <= 14 "
		"days",
		"Có kết quả xét nghiệm cúm dương tính (PCR hoặc kháng "
		"nguyên nhanh) trong 14 ngày qua",
		"A positive influenza test (PCR or rapid antigen) within "
		"the last 14 days"
	},
	{
		"not since(positive(pcr, antigen, disease = influenza)) <= "
		"14 days",
		"Không có kết quả xét nghiệm cúm dương tính (PCR hoặc "
		"kháng nguyên nhanh) trong 14 ngày qua",
		"No positive influenza test (PCR or rapid antigen) within "
		"the last 14 days"
	},
	{
		"since(positive(pcr)) >= 14 days",
		"Kết quả xét nghiệm dương tính (PCR) gần nhất cách đây ít "
		"nhất 14 ngày",
		"Last positive test (PCR) at least 14 days ago"
	},
	{
		"not isolated",
		"Không trong thời gian cách ly",
		"Not in isolation"
	},
	{
		"isolated(disease = measles)",
		"Đang trong thời gian cách ly do bệnh sởi",
		"In isolation for measles"
	},
	{
		"exposed",
		"Đang trong thời gian theo dõi do tiếp xúc với người mắc "
		"COVID-19",
		"Under observation after contact with a case of COVID-19"
	},
	{
		"not exposed",
		"Không trong thời gian theo dõi do tiếp xúc với người mắc "
		"COVID-19",
		"Not under observation after contact with a case of COVID-19"
	},
	{
		"contraindicated",
		"Có chống chỉ định vắc xin phòng COVID-19",
		"Contraindication to COVID-19 vaccine"
	},
	{
		"not contraindicated(source = paper)",
		"Không có chống chỉ định vắc xin phòng COVID-19 (nguồn: "
		"giấy tờ)",
		"No contraindication to COVID-19 vaccine (source: paper)"
	},
	{
		"recovered",
		"Đã khỏi COVID-19, còn hiệu lực",
		"Recovered from COVID-19, still valid"
	},
	{
		"not recovered",
		"Không có lần khỏi COVID-19 còn hiệu lực",
		"No recovery from COVID-19 that is still valid"
	},
	{
		"complete",
		"Đã tiêm đủ mũi vắc xin phòng COVID-19 theo giấy chứng nhận",
		"Complete course of COVID-19 vaccine as certified"
	},
	{
		"not complete(disease = rotavirus)",
		"Chưa dùng đủ liều vắc xin phòng tiêu chảy do vi rút rota "
		"theo giấy chứng nhận",
		"No complete course of rotavirus vaccine as certified"
	},
	{
		"since(complete(product = 'Abdala', signed)) >= 14 days",
		"Hoàn thành đủ mũi vắc xin phòng COVID-19 (Abdala; có chữ "
		"ký số) theo giấy chứng nhận cách đây ít nhất 14 ngày",
		"Course of COVID-19 vaccine (Abdala; digitally signed) "
		"certified complete at least 14 days ago"
	},
	{
		"since(complete) <= 6 months",
		"Hoàn thành đủ mũi vắc xin phòng COVID-19 theo giấy chứng "
		"nhận trong 6 tháng qua",
		"Course of COVID-19 vaccine certified complete within the "
		"last 6 months"
	},
	{
		"not since(complete) <= 6 months",
		"Không hoàn thành đủ mũi vắc xin phòng COVID-19 theo giấy "
		"chứng nhận trong 6 tháng qua",
		"No course of COVID-19 vaccine certified complete within "
		"the last 6 months"
	},
	{
		"holds(insurance)",
		"Có thẻ bảo hiểm y tế còn hạn",
		"Holds valid health insurance"
	},
	{
		"not holds(work_permit)",
		"Không có giấy phép lao động còn hạn",
		"Does not hold a valid work permit"
	},
	{
		"holds(driving_licence_c1, driving_licence_b, #300, source >= "
		"certificate, signed)",
		"Có giấy phép lái xe hạng B, giấy phép lái xe hạng C1 hoặc "
		"giấy tờ mã 300 còn hạn (nguồn: chứng nhận điện tử hoặc cơ "
		"sở dữ liệu quốc gia; có chữ ký số)",
		"Holds a valid driving licence of class B, a valid driving "
		"licence of class C1 or a valid credential #300 (source: "
		"electronic certificate or national database; digitally "
		"signed)"
	},
	{
		"since(credential(driving_licence_b1_2008)) >= 3 years",
		"Giấy phép lái xe hạng B1 theo Luật năm 2008 gần nhất được "
		"cấp cách đây ít nhất 3 năm",
		"Last driving licence of class B1 of the Law of 2008 issued "
		"at least 3 years ago"
	},
	{
		"since(credential(insurance)) <= 1 year",
		"Thẻ bảo hiểm y tế được cấp trong 1 năm qua",
		"Health insurance issued within the last year"
	},
	{
		"not since(credential(insurance, source = national)) <= 6 "
		"months",
		"Không có thẻ bảo hiểm y tế (nguồn: cơ sở dữ liệu quốc gia) "
		"được cấp trong 6 tháng qua",
		"No health insurance (source: national database) issued "
		"within the last 6 months"
	},

	/* declarations, registrations and consultations */
	{
		"declared(no_symptoms)",
		"Có khai báo không có triệu chứng còn hiệu lực",
		"Declared no symptoms, still valid"
	},
	{
		"not declared(symptoms, contact, #300)",
		"Không có khai báo có triệu chứng, có tiếp xúc với người mắc bệnh "
		"hoặc nội dung mã 300 còn hiệu lực",
		"No declaration of symptoms, contact with a case or answer #300 "
		"that is still valid"
	},
	{
		"declared(no_symptoms) within 24 hours",
		"Đã khai báo không có triệu chứng trong 24 giờ qua",
		"Declared no symptoms within the last 24 hours"
	},
	{
		"not declared(travel_level_4, source = declared) within 14 days",
		"Không có khai báo có đến nơi ở cấp độ dịch 4 (nguồn: tự khai) "
		"trong 14 ngày qua",
		"No declaration of travel to a place at level 4 (source: "
		"self-declared) within the last 14 days"
	},
	{
		"since(declaration(symptoms)) >= 14 days",
		"Lần khai báo có triệu chứng gần nhất cách đây ít nhất 14 ngày",
		"Last declaration of symptoms at least 14 days ago"
	},
	{
		"booked(vaccination)",
		"Có lịch hẹn tiêm chủng còn hiệu lực",
		"Has booked a vaccination"
	},
	{
		"not booked(test, examination)",
		"Không có lịch hẹn xét nghiệm hoặc khám bệnh còn hiệu lực",
		"Has not booked a test or an examination"
	},
	{
		"booked(vaccination, source >= certificate) within 7 days",
		"Đã đăng ký tiêm chủng (nguồn: chứng nhận điện tử hoặc cơ sở dữ liệu "
		"quốc gia) trong 7 ngày qua",
		"Booked a vaccination (source: electronic certificate or national "
		"database) within the last 7 days"
	},
	{
		"not since(registration(#9)) <= 1 day",
		"Không đăng ký dịch vụ mã 9 trong 1 ngày qua",
		"No booking of service #9 within the last day"
	},
	{
		"since(registration(vaccination)) > 2 days",
		"Lần đăng ký tiêm chủng gần nhất cách đây hơn 2 ngày",
		"Last booking of a vaccination more than 2 days ago"
	},
	{
		"consulted(doctor)",
		"Có lần khám bác sĩ còn hiệu lực",
		"A consultation with a doctor, still valid"
	},
	{
		"not consulted(hospital)",
		"Không có lần khám tại bệnh viện còn hiệu lực",
		"No consultation at a hospital that is still valid"
	},
	{
		"since(consultation(doctor)) <= 14 days",
		"Đã khám bác sĩ trong 14 ngày qua",
		"A consultation with a doctor within the last 14 days"
	},
	{
		"not consulted(doctor, telehealth, #7) within 14 days",
		"Không khám bác sĩ, từ xa hoặc loại mã 7 trong 14 ngày qua",
		"No consultation with a doctor, by telehealth or of kind #7 within "
		"the last 14 days"
	},
	{
		"since(consultation(health_station)) < 1 week",
		"Lần khám tại trạm y tế gần nhất cách đây chưa đến 1 tuần",
		"Last consultation at a health station less than 1 week ago"
	}
};

#endif							/* EXPLAIN_SENTENCES_H */
