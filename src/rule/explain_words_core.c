/*
 * explain_words_core.c
 *		What the clauses of a rule are called; see explain_words_core.h.
 *
 * Vietnamese words are those of the Ministry of Health's instructions of 2021
 * (Resolution 128/NQ-CP, Decision 4800/QD-BYT); UTF-8 in NFC.
 */
#include "rule/explain_words_core.h"

const CccdPhrase cccd_say_diseases[CCCD_DISEASE_NAMES] = {
	[1] = {"COVID-19", "COVID-19"},
	[2] = {"cúm", "influenza"},
	[3] = {"bệnh sởi", "measles"},
	[4] = {"bệnh rubella", "rubella"},
	[5] = {"bệnh quai bị", "mumps"},
	[6] = {"bệnh bạch hầu", "diphtheria"},
	[7] = {"bệnh uốn ván", "tetanus"},
	[8] = {"bệnh ho gà", "whooping cough"},
	[9] = {"bệnh bại liệt", "polio"},
	[10] = {"viêm gan B", "hepatitis B"},
	[11] = {"bệnh lao", "tuberculosis"},
	[12] = {"sốt xuất huyết Dengue", "dengue"},
	[13] = {"bệnh tả", "cholera"},
	[14] = {"bệnh sốt vàng", "yellow fever"},
	[15] = {"viêm não Nhật Bản", "Japanese encephalitis"},
	[16] = {"bệnh dại", "rabies"},
	[17] = {"bệnh do não mô cầu", "meningococcal disease"},
	[18] = {"bệnh đậu mùa khỉ", "mpox"},
	[19] = {"viêm gan A", "hepatitis A"},
	[20] = {"bệnh thương hàn", "typhoid"},
	[21] = {"bệnh thủy đậu", "chickenpox"},
	[22] = {"tiêu chảy do vi rút rota", "rotavirus"},
	[23] = {"bệnh do phế cầu", "pneumococcal disease"},
	[24] = {"bệnh do Hib", "Hib"},
	[25] = {"HPV", "HPV"},
	[26] = {"cúm A(H5N1)", "influenza A(H5N1)"},
	[27] = {"cúm A(H7N9)", "influenza A(H7N9)"},
	[28] = {"SARS", "SARS"},
	[29] = {"MERS", "MERS"},
	[30] = {"Ebola", "Ebola"},
	[31] = {"bệnh dịch hạch", "plague"},
	[32] = {"bệnh than", "anthrax"},
	[33] = {"sốt rét", "malaria"},
	[34] = {"bệnh tay chân miệng", "hand, foot and mouth disease"},
	[35] = {"Zika", "Zika"},
	[36] = {"Nipah", "Nipah"},
	[37] = {"Marburg", "Marburg"},
	[38] = {"sốt Lassa", "Lassa fever"},
	[39] = {"sốt Tây sông Nin", "West Nile fever"},
	[40] = {"HIV", "HIV"},
};

/* Articles of law are with the codes, in code_core.c. */
static const CccdPhrase credentials[] = {
	[1] = {"thẻ bảo hiểm y tế", "health insurance"},
	[2] = {"sổ bảo hiểm xã hội", "social insurance book"},
	[3] = {"giấy khai sinh", "birth certificate"},
	[4] = {"giấy chứng nhận kết hôn", "marriage certificate"},
	[5] = {"giấy phép lao động", "work permit"},
	[6] = {"thẻ tạm trú", "temporary residence card"},
	[7] = {"thẻ thường trú", "permanent residence card"},
	[10] = {"giấy phép lái xe hạng A1", "driving licence of class A1"},
	[11] = {"giấy phép lái xe hạng A", "driving licence of class A"},
	[12] = {"giấy phép lái xe hạng B1", "driving licence of class B1"},
	[13] = {"giấy phép lái xe hạng B", "driving licence of class B"},
	[14] = {"giấy phép lái xe hạng C1", "driving licence of class C1"},
	[15] = {"giấy phép lái xe hạng C", "driving licence of class C"},
	[16] = {"giấy phép lái xe hạng D1", "driving licence of class D1"},
	[17] = {"giấy phép lái xe hạng D2", "driving licence of class D2"},
	[18] = {"giấy phép lái xe hạng D", "driving licence of class D"},
	[19] = {"giấy phép lái xe hạng BE", "driving licence of class BE"},
	[20] = {
		"giấy phép lái xe hạng C1E",
		"driving licence of class C1E"
	},
	[21] = {"giấy phép lái xe hạng CE", "driving licence of class CE"},
	[22] = {
		"giấy phép lái xe hạng D1E",
		"driving licence of class D1E"
	},
	[23] = {
		"giấy phép lái xe hạng D2E",
		"driving licence of class D2E"
	},
	[24] = {"giấy phép lái xe hạng DE", "driving licence of class DE"},
	[30] = {
		"giấy phép lái xe hạng A1 theo Luật năm 2008",
		"driving licence of class A1 of the Law of 2008"
	},
	[31] = {"giấy phép lái xe hạng A2", "driving licence of class A2"},
	[32] = {"giấy phép lái xe hạng A3", "driving licence of class A3"},
	[33] = {"giấy phép lái xe hạng A4", "driving licence of class A4"},
	[34] = {
		"giấy phép lái xe hạng B1 theo Luật năm 2008",
		"driving licence of class B1 of the Law of 2008"
	},
	[35] = {"giấy phép lái xe hạng B2", "driving licence of class B2"},
	[36] = {
		"giấy phép lái xe hạng C theo Luật năm 2008",
		"driving licence of class C of the Law of 2008"
	},
	[37] = {
		"giấy phép lái xe hạng D theo Luật năm 2008",
		"driving licence of class D of the Law of 2008"
	},
	[38] = {"giấy phép lái xe hạng E", "driving licence of class E"},
	[39] = {
		"giấy phép lái xe hạng FB2",
		"driving licence of class FB2"
	},
	[40] = {"giấy phép lái xe hạng FC", "driving licence of class FC"},
	[41] = {"giấy phép lái xe hạng FD", "driving licence of class FD"},
	[42] = {"giấy phép lái xe hạng FE", "driving licence of class FE"},
};

static const CccdPhrase declarations[] = {
	[1] = {"không có triệu chứng", "no symptoms"},
	[2] = {"có triệu chứng", "symptoms"},
	[3] = {
		"không tiếp xúc với người mắc bệnh",
		"no contact with a case"
	},
	[4] = {"có tiếp xúc với người mắc bệnh", "contact with a case"},
	[5] = {"không đi đến địa phương khác", "no travel"},
	[6] = {"có đi đến địa phương khác", "travel"},
	[11] = {
		"có đến nơi ở cấp độ dịch 1",
		"travel to a place at level 1"
	},
	[12] = {
		"có đến nơi ở cấp độ dịch 2",
		"travel to a place at level 2"
	},
	[13] = {
		"có đến nơi ở cấp độ dịch 3",
		"travel to a place at level 3"
	},
	[14] = {
		"có đến nơi ở cấp độ dịch 4",
		"travel to a place at level 4"
	},
};

static const CccdPhrase registrations[] = {
	[1] = {"tiêm chủng", "a vaccination"},
	[2] = {"xét nghiệm", "a test"},
	[3] = {"khám bệnh", "an examination"},
};

static const CccdPhrase consultations[] = {
	[1] = {"bác sĩ", "with a doctor"},
	[2] = {"tại bệnh viện", "at a hospital"},
	[3] = {"tại trạm y tế", "at a health station"},
	[4] = {"từ xa", "by telehealth"},
};

#define NAMES(table, vi, en) \
	{(table), sizeof(table) / sizeof((table)[0]), {(vi), (en)}}

const CccdNamePhrases cccd_say_names[CCCD_NAMED_FACTS] = {
	NAMES(credentials, "giấy tờ mã ", "credential #"),
	NAMES(declarations, "nội dung mã ", "answer #"),
	NAMES(registrations, "dịch vụ mã ", "service #"),
	NAMES(consultations, "loại mã ", "of kind #")
};

const CccdPhrase cccd_say_vaccine[2] = {
	{"vắc xin phòng %D", "%D vaccine"},
	{"vắc xin phòng %D", "vaccine against %D"}
};

const char *const cccd_say_given[2] = {"tiêm", "dùng"};
const char *const cccd_say_dose[2] = {"mũi", "liều"};
const char *const cccd_say_dose_first[2] = {"Mũi", "Liều"};

const CccdPhrase cccd_say_sources[4] = {
	{"tự khai", "self-declared"},
	{"giấy tờ", "paper"},
	{"chứng nhận điện tử", "electronic certificate"},
	{"cơ sở dữ liệu quốc gia", "national database"},
};

const CccdPhrase cccd_say_tests[CCCD_TEST_ANTIBODY + 1] = {
	[CCCD_TEST_PCR] = {"PCR", "PCR"},
	[CCCD_TEST_ANTIGEN] = {"kháng nguyên nhanh", "rapid antigen"},
	[CCCD_TEST_ANTIBODY] = {"kháng thể", "antibody"},
};

const CccdPhrase cccd_say_evidence[CCCD_EVIDENCE_GENUINE + 1] = {
	[CCCD_EVIDENCE_CLAIMED] = {"tự khai", "claim"},
	[CCCD_EVIDENCE_PAPER] = {"giấy tờ", "paper"},
	[CCCD_EVIDENCE_QR] = {"mã QR", "QR code"},
	[CCCD_EVIDENCE_REGISTRY] = {"đối chiếu cơ sở dữ liệu", "registry match"},
	[CCCD_EVIDENCE_SIGNATURE] = {"chữ ký số hợp lệ", "verified signature"},
	[CCCD_EVIDENCE_CHIP] = {"chip hợp lệ", "verified chip"},
	[CCCD_EVIDENCE_GENUINE] = {"chip thật, không phải bản sao", "genuine chip"},
};

const CccdPhrase cccd_say_units[CCCD_UNITS] = {
	[CCCD_UNIT_SECOND] = {"giây", "second"},
	[CCCD_UNIT_MINUTE] = {"phút", "minute"},
	[CCCD_UNIT_HOUR] = {"giờ", "hour"},
	[CCCD_UNIT_DAY] = {"ngày", "day"},
	[CCCD_UNIT_WEEK] = {"tuần", "week"},
	[CCCD_UNIT_MONTH] = {"tháng", "month"},
	[CCCD_UNIT_YEAR] = {"năm", "year"},
};

const CccdPhrase cccd_say_doses[CCCD_RANGES] = {
	[CCCD_RANGE_EQUAL] = {
		"Đã %T đúng %A %M %V%Q",
		"Exactly %A dose%S of %V%Q"
	},
	[CCCD_RANGE_UNEQUAL] = {
		"Số %M %V%Q đã %T khác %A",
		"A number of doses of %V%Q other than %A"
	},
	[CCCD_RANGE_AT_LEAST] = {
		"Đã %T ít nhất %A %M %V%Q",
		"At least %A dose%S of %V%Q"
	},
	[CCCD_RANGE_BELOW] = {
		"Đã %T ít hơn %A %M %V%Q",
		"Fewer than %A doses of %V%Q"
	},
	[CCCD_RANGE_AT_MOST] = {
		"Đã %T không quá %A %M %V%Q",
		"At most %A dose%S of %V%Q"
	},
	[CCCD_RANGE_INSIDE] = {
		"Đã %T từ %A đến %B %M %V%Q",
		"%A to %B doses of %V%Q"
	},
	[CCCD_RANGE_OUTSIDE] = {
		"Số %M %V%Q đã %T ít hơn %A hoặc nhiều hơn %B",
		"Fewer than %A or more than %B doses of %V%Q"
	},
};

const CccdPhrase cccd_say_no_dose = {
	"Chưa %T %M %V%Q nào",
	"No dose of %V%Q"
};

const CccdPhrase cccd_say_facts[CCCD_FACTS] = {
	[CCCD_FACT_RECOVERY] = {
		"Lần khỏi %D%Q gần nhất",
		"Last recovery from %D%Q"
	},
	[CCCD_FACT_ISOLATION] = {
		"Lần cách ly%F%Q gần nhất bắt đầu",
		"Last isolation%F%Q begun"
	},
	[CCCD_FACT_EXPOSURE] = {
		"Lần tiếp xúc với người mắc %D%Q gần nhất",
		"Last contact with a case of %D%Q"
	},
	[CCCD_FACT_CONTRAINDICATION] = {
		"Chống chỉ định %V%Q gần nhất được ghi nhận",
		"Last contraindication to %V%Q recorded"
	},
	[CCCD_FACT_CREDENTIAL] = {
		"%K%Q gần nhất được cấp",
		"Last %C%Q issued"
	},
	[CCCD_FACT_DECLARATION] = {
		"Lần khai báo %C%Q gần nhất",
		"Last declaration of %C%Q"
	},
	[CCCD_FACT_REGISTRATION] = {
		"Lần đăng ký %C%Q gần nhất",
		"Last booking of %C%Q"
	},
	[CCCD_FACT_CONSULTATION] = {
		"Lần khám %C%Q gần nhất",
		"Last consultation %C%Q"
	},
	[CCCD_FACT_COMPLETE] = {
		"Hoàn thành đủ %M %V%Q theo giấy chứng nhận",
		"Course of %V%Q certified complete"
	},
	[CCCD_FACT_LAST_DOSE] = {
		"%O %V%Q gần nhất",
		"Last dose of %V%Q"
	},
	[CCCD_FACT_NTH_DOSE] = {
		"%O %V thứ %N%Q",
		"Dose %N of %V%Q"
	},
	[CCCD_FACT_NEGATIVE] = {
		"Kết quả xét nghiệm%E âm tính%Q gần nhất",
		"Last negative%E test%Q"
	},
	[CCCD_FACT_POSITIVE] = {
		"Kết quả xét nghiệm%E dương tính%Q gần nhất",
		"Last positive%E test%Q"
	},
};

const CccdPhrase cccd_say_first_dose = {
	"%O %V đầu tiên%Q",
	"First dose of %V%Q"
};

const CccdPhrase cccd_say_ago[CCCD_RANGES] = {
	[CCCD_RANGE_AT_LEAST] = {" cách đây ít nhất %A", " at least %A ago"},
	[CCCD_RANGE_BELOW] = {" cách đây chưa đến %A", " less than %A ago"},
	[CCCD_RANGE_ABOVE] = {" cách đây hơn %A", " more than %A ago"},
	[CCCD_RANGE_AT_MOST] = {" cách đây không quá %A", " at most %A ago"},
	[CCCD_RANGE_INSIDE] = {
		" cách đây từ %A đến %B",
		" between %A and %B ago"
	},
};

const CccdPhrase cccd_say_within[CCCD_FACTS][2] = {
	[CCCD_FACT_RECOVERY] = {
		{"Đã khỏi %D%Q trong %W qua",
		"Recovered from %D%Q within the last %W"},
		{"Không có lần khỏi %D%Q nào trong %W qua",
		"No recovery from %D%Q within the last %W"}
	},
	[CCCD_FACT_ISOLATION] = {
		{"Đã bắt đầu cách ly%F%Q trong %W qua",
		"Isolation%F%Q begun within the last %W"},
		{"Không bắt đầu cách ly%F%Q trong %W qua",
		"No isolation%F%Q begun within the last %W"}
	},
	[CCCD_FACT_EXPOSURE] = {
		{"Đã tiếp xúc với người mắc %D%Q trong %W qua",
		"Contact with a case of %D%Q within the last %W"},
		{"Không tiếp xúc với người mắc %D%Q trong %W qua",
		"No contact with a case of %D%Q within the last %W"}
	},
	[CCCD_FACT_CONTRAINDICATION] = {
		{"Có chống chỉ định %V%Q được ghi nhận trong %W qua",
		"Contraindication to %V%Q recorded within the last %W"},
		{"Không có chống chỉ định %V%Q được ghi nhận trong %W qua",
		"No contraindication to %V%Q recorded within the last %W"}
	},
	[CCCD_FACT_CREDENTIAL] = {
		{"%K%Q được cấp trong %W qua",
		"%K%Q issued within the last %W"},
		{"Không có %C%Q được cấp trong %W qua",
		"No %C%Q issued within the last %W"}
	},
	[CCCD_FACT_DECLARATION] = {
		{"Đã khai báo %C%Q trong %W qua",
		"Declared %C%Q within the last %W"},
		{"Không có khai báo %C%Q trong %W qua",
		"No declaration of %C%Q within the last %W"}
	},
	[CCCD_FACT_REGISTRATION] = {
		{"Đã đăng ký %C%Q trong %W qua",
		"Booked %C%Q within the last %W"},
		{"Không đăng ký %C%Q trong %W qua",
		"No booking of %C%Q within the last %W"}
	},
	[CCCD_FACT_CONSULTATION] = {
		{"Đã khám %C%Q trong %W qua",
		"A consultation %C%Q within the last %W"},
		{"Không khám %C%Q trong %W qua",
		"No consultation %C%Q within the last %W"}
	},
	[CCCD_FACT_COMPLETE] = {
		{"Hoàn thành đủ %M %V%Q theo giấy chứng nhận trong %W qua",
		"Course of %V%Q certified complete within the last %W"},
		{"Không hoàn thành đủ %M %V%Q theo giấy chứng nhận trong %W qua",
		"No course of %V%Q certified complete within the last %W"}
	},
	[CCCD_FACT_LAST_DOSE] = {
		{"Đã %T %V%Q trong %W qua",
		"A dose of %V%Q within the last %W"},
		{"Không %T %V%Q trong %W qua",
		"No dose of %V%Q within the last %W"}
	},
	[CCCD_FACT_NEGATIVE] = {
		{"Có kết quả xét nghiệm%E âm tính%Q trong %W qua",
		"A negative%E test%Q within the last %W"},
		{"Không có kết quả xét nghiệm%E âm tính%Q trong %W qua",
		"No negative%E test%Q within the last %W"}
	},
	[CCCD_FACT_POSITIVE] = {
		{"Có kết quả xét nghiệm%E dương tính%Q trong %W qua",
		"A positive%E test%Q within the last %W"},
		{"Không có kết quả xét nghiệm%E dương tính%Q trong %W qua",
		"No positive%E test%Q within the last %W"}
	},
};

const CccdPhrase cccd_say_not = {
	"Không thuộc trường hợp: ",
	"Not the case: "
};

const CccdPhrase cccd_say_states[CCCD_STATES][2] = {
	[CCCD_FACT_RECOVERY] = {
		{"Đã khỏi %D%Q, còn hiệu lực", "Recovered from %D%Q, still valid"},
		{"Không có lần khỏi %D%Q còn hiệu lực",
		"No recovery from %D%Q that is still valid"}
	},
	[CCCD_FACT_ISOLATION] = {
		{"Đang trong thời gian cách ly%F%Q", "In isolation%F%Q"},
		{"Không trong thời gian cách ly%F%Q", "Not in isolation%F%Q"}
	},
	[CCCD_FACT_EXPOSURE] = {
		{"Đang trong thời gian theo dõi do tiếp xúc với người mắc %D%Q",
		"Under observation after contact with a case of %D%Q"},
		{"Không trong thời gian theo dõi do tiếp xúc với người mắc %D%Q",
		"Not under observation after contact with a case of %D%Q"}
	},
	[CCCD_FACT_CONTRAINDICATION] = {
		{"Có chống chỉ định %V%Q",
		"Contraindication to %V%Q"},
		{"Không có chống chỉ định %V%Q",
		"No contraindication to %V%Q"}
	},
	[CCCD_FACT_CREDENTIAL] = {
		{"Có %H còn hạn%Q", "Holds %H%Q"},
		{"Không có %H còn hạn%Q", "Does not hold %H%Q"}
	},
	[CCCD_FACT_DECLARATION] = {
		{"Có khai báo %C%Q còn hiệu lực", "Declared %C%Q, still valid"},
		{"Không có khai báo %C%Q còn hiệu lực",
		"No declaration of %C%Q that is still valid"}
	},
	[CCCD_FACT_REGISTRATION] = {
		{"Có lịch hẹn %C%Q còn hiệu lực", "Has booked %C%Q"},
		{"Không có lịch hẹn %C%Q còn hiệu lực", "Has not booked %C%Q"}
	},
	[CCCD_FACT_CONSULTATION] = {
		{"Có lần khám %C%Q còn hiệu lực",
		"A consultation %C%Q, still valid"},
		{"Không có lần khám %C%Q còn hiệu lực",
		"No consultation %C%Q that is still valid"}
	},
	[CCCD_FACT_COMPLETE] = {
		{"Đã %T đủ %M %V%Q theo giấy chứng nhận",
		"Complete course of %V%Q as certified"},
		{"Chưa %T đủ %M %V%Q theo giấy chứng nhận",
		"No complete course of %V%Q as certified"}
	},
};

const CccdPhrase cccd_say_ages[CCCD_RANGES] = {
	[CCCD_RANGE_AT_LEAST] = {"Từ đủ %A trở lên", "Aged %A or older"},
	[CCCD_RANGE_BELOW] = {"Dưới %A", "Younger than %A"},
	[CCCD_RANGE_ABOVE] = {"Đã qua thời điểm tròn %A", "Past %Y"},
	[CCCD_RANGE_AT_MOST] = {
		"Chưa qua thời điểm tròn %A",
		"Not past %Y"
	},
	[CCCD_RANGE_INSIDE] = {"Từ đủ %A đến %B", "Aged between %A and %B"},
	[CCCD_RANGE_OUTSIDE] = {
		"Ngoài độ tuổi từ đủ %A đến %B",
		"Not aged between %A and %B"
	},
};

const CccdPhrase cccd_say_ticket[2] = {
	{"Có vé", "Holds a ticket"},
	{"Không có vé", "Does not hold a ticket"}
};

const CccdPhrase cccd_say_accompanied[2] = {
	{"Có người lớn đi cùng", "Accompanied by an adult"},
	{"Không có người lớn đi cùng", "Not accompanied by an adult"}
};

const CccdPhrase cccd_say_sexes[2] = {
	{"Là nam", "Male"},
	{"Là nữ", "Female"}
};

const CccdPhrase cccd_say_proved[CCCD_RANGES] = {
	[CCCD_RANGE_EQUAL] = {
		"Danh tính được xác minh đúng bằng %A",
		"Identity proved by %A exactly"
	},
	[CCCD_RANGE_UNEQUAL] = {
		"Danh tính được xác minh ở mức khác %A",
		"Identity proved by other than %A"
	},
	[CCCD_RANGE_AT_LEAST] = {
		"Danh tính được xác minh ít nhất bằng %A",
		"Identity proved by %A or better"
	},
	[CCCD_RANGE_BELOW] = {
		"Danh tính được xác minh ở mức thấp hơn %A",
		"Identity proved by less than %A"
	},
	[CCCD_RANGE_ABOVE] = {
		"Danh tính được xác minh ở mức cao hơn %A",
		"Identity proved by better than %A"
	},
	[CCCD_RANGE_AT_MOST] = {
		"Danh tính được xác minh cao nhất bằng %A",
		"Identity proved by %A at best"
	},
	[CCCD_RANGE_INSIDE] = {
		"Danh tính được xác minh ở mức từ %A đến %B",
		"Identity proved by %A to %B"
	},
	[CCCD_RANGE_OUTSIDE] = {
		"Danh tính được xác minh ở mức ngoài khoảng từ %A đến %B",
		"Identity proved by less than %A or better than %B"
	},
	[CCCD_RANGE_LISTED] = {
		"Danh tính được xác minh bằng %L",
		"Identity proved by %L"
	},
	[CCCD_RANGE_UNLISTED] = {
		"Danh tính được xác minh ở mức khác %U",
		"Identity proved by neither %U"
	},
};

const CccdPhrase cccd_say_subjects[CCCD_OPS] = {
	[CCCD_OP_LEVEL] = {
		"Cấp độ dịch tại địa điểm",
		"Epidemic level of the place"
	},
	[CCCD_OP_ORIGIN_LEVEL] = {
		"Cấp độ dịch tại nơi xuất phát",
		"Epidemic level of the place of departure"
	},
	[CCCD_OP_PLACE] = {
		"Nơi đăng ký khai sinh",
		"Place of birth registration"
	},
};

const CccdPhrase cccd_say_compared[CCCD_RANGES] = {
	[CCCD_RANGE_EQUAL] = {" là %A", " is %A"},
	[CCCD_RANGE_UNEQUAL] = {" khác %A", " is not %A"},
	[CCCD_RANGE_AT_LEAST] = {" từ %A trở lên", " is %A or higher"},
	[CCCD_RANGE_BELOW] = {" thấp hơn %A", " is lower than %A"},
	[CCCD_RANGE_ABOVE] = {" cao hơn %A", " is higher than %A"},
	[CCCD_RANGE_AT_MOST] = {" không quá %A", " is %A or lower"},
	[CCCD_RANGE_INSIDE] = {" từ %A đến %B", " is between %A and %B"},
	[CCCD_RANGE_OUTSIDE] = {
		" không nằm trong khoảng từ %A đến %B",
		" is not between %A and %B"
	},
	[CCCD_RANGE_LISTED] = {" là %L", " is %L"},
	[CCCD_RANGE_UNLISTED] = {" khác %U", " is neither %U"},
};

const CccdPhrase cccd_say_or = {" hoặc ", " or "};
const CccdPhrase cccd_say_nor[2] = {
	{", khác ", ", "},
	{" và khác ", " nor "}
};
const CccdPhrase cccd_say_source = {"nguồn: ", "source: "};
const CccdPhrase cccd_say_signed = {"có chữ ký số", "digitally signed"};
const CccdPhrase cccd_say_code = {"bệnh mã ", "disease #"};
const CccdPhrase cccd_say_kind = {"loại ", "kind "};
const CccdPhrase cccd_say_for = {" do ", " for "};
