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
	[3] = {"sởi", "measles"},
	[4] = {"rubella", "rubella"},
	[5] = {"quai bị", "mumps"},
	[6] = {"bạch hầu", "diphtheria"},
	[7] = {"uốn ván", "tetanus"},
	[8] = {"ho gà", "whooping cough"},
	[9] = {"bại liệt", "polio"},
	[10] = {"viêm gan B", "hepatitis B"},
	[11] = {"lao", "tuberculosis"},
	[12] = {"sốt xuất huyết Dengue", "dengue"},
	[13] = {"tả", "cholera"},
	[14] = {"sốt vàng", "yellow fever"},
	[15] = {"viêm não Nhật Bản", "Japanese encephalitis"},
	[16] = {"dại", "rabies"},
	[17] = {"não mô cầu", "meningococcal"},
	[18] = {"đậu mùa khỉ", "mpox"},
	[19] = {"viêm gan A", "hepatitis A"},
	[20] = {"thương hàn", "typhoid"},
	[21] = {"thủy đậu", "chickenpox"},
	[22] = {"tiêu chảy do vi rút rota", "rotavirus"},
	[23] = {"phế cầu", "pneumococcal"},
	[24] = {"Hib", "Hib"},
	[25] = {"HPV", "HPV"},
	[26] = {"cúm A(H5N1)", "influenza A(H5N1)"},
	[27] = {"cúm A(H7N9)", "influenza A(H7N9)"},
	[28] = {"SARS", "SARS"},
	[29] = {"MERS", "MERS"},
	[30] = {"Ebola", "Ebola"},
	[31] = {"dịch hạch", "plague"},
	[32] = {"than", "anthrax"},
	[33] = {"sốt rét", "malaria"},
	[34] = {"tay chân miệng", "hand, foot and mouth disease"},
	[35] = {"Zika", "Zika"},
	[36] = {"Nipah", "Nipah"},
	[37] = {"Marburg", "Marburg"},
	[38] = {"Lassa", "Lassa"},
	[39] = {"sốt Tây sông Nin", "West Nile fever"},
	[40] = {"HIV", "HIV"},
};

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
	[CCCD_EVIDENCE_CLAIMED] = {"tự khai", "claimed"},
	[CCCD_EVIDENCE_PAPER] = {"giấy tờ", "paper"},
	[CCCD_EVIDENCE_QR] = {"đọc mã QR", "QR code read"},
	[CCCD_EVIDENCE_REGISTRY] = {"khớp cơ sở dữ liệu", "registry match"},
	[CCCD_EVIDENCE_SIGNATURE] = {"chữ ký số hợp lệ", "signature verified"},
	[CCCD_EVIDENCE_CHIP] = {"chip hợp lệ", "chip verified"},
	[CCCD_EVIDENCE_GENUINE] = {"chip chính gốc", "chip genuine"},
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
		"Đã tiêm đúng %A liều vắc xin %D%Q",
		"Exactly %A dose%S of %D vaccine%Q"
	},
	[CCCD_RANGE_UNEQUAL] = {
		"Số liều vắc xin %D%Q đã tiêm khác %A",
		"A number of doses of %D vaccine%Q other than %A"
	},
	[CCCD_RANGE_AT_LEAST] = {
		"Đã tiêm ít nhất %A liều vắc xin %D%Q",
		"At least %A dose%S of %D vaccine%Q"
	},
	[CCCD_RANGE_BELOW] = {
		"Đã tiêm ít hơn %A liều vắc xin %D%Q",
		"Fewer than %A doses of %D vaccine%Q"
	},
	[CCCD_RANGE_AT_MOST] = {
		"Đã tiêm không quá %A liều vắc xin %D%Q",
		"At most %A dose%S of %D vaccine%Q"
	},
	[CCCD_RANGE_INSIDE] = {
		"Đã tiêm từ %A đến %B liều vắc xin %D%Q",
		"%A to %B doses of %D vaccine%Q"
	},
	[CCCD_RANGE_OUTSIDE] = {
		"Số liều vắc xin %D%Q đã tiêm ít hơn %A hoặc nhiều hơn %B",
		"Fewer than %A or more than %B doses of %D vaccine%Q"
	},
};

const CccdPhrase cccd_say_no_dose = {
	"Chưa tiêm liều vắc xin %D%Q nào",
	"No dose of %D vaccine%Q"
};

const CccdPhrase cccd_say_facts[CCCD_FACTS] = {
	[CCCD_FACT_RECOVERY] = {
		"Lần khỏi bệnh %D%Q gần nhất",
		"Last recovery from %D%Q"
	},
	[CCCD_FACT_ISOLATION] = {
		"Lần cách ly%F%Q gần nhất bắt đầu",
		"Last isolation%F%Q begun"
	},
	[CCCD_FACT_EXPOSURE] = {
		"Lần tiếp xúc với ca bệnh %D%Q gần nhất",
		"Last contact with a %D case%Q"
	},
	[CCCD_FACT_CONTRAINDICATION] = {
		"Chống chỉ định vắc xin %D%Q gần nhất được ghi nhận",
		"Last contraindication to %D vaccine%Q recorded"
	},
	[CCCD_FACT_LAST_DOSE] = {
		"Liều vắc xin %D%Q gần nhất",
		"Last dose of %D vaccine%Q"
	},
	[CCCD_FACT_NTH_DOSE] = {
		"Liều vắc xin %D thứ %N%Q",
		"Dose %N of %D vaccine%Q"
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
	"Liều vắc xin %D đầu tiên%Q",
	"First dose of %D vaccine%Q"
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
		{"Đã khỏi bệnh %D%Q trong vòng %A",
		"Recovered from %D%Q within the last %A"},
		{"Không có lần khỏi bệnh %D%Q nào trong vòng %A",
		"No recovery from %D%Q within the last %A"}
	},
	[CCCD_FACT_ISOLATION] = {
		{"Đã bắt đầu cách ly%F%Q trong vòng %A",
		"Isolation%F%Q begun within the last %A"},
		{"Không bắt đầu cách ly%F%Q trong vòng %A",
		"No isolation%F%Q begun within the last %A"}
	},
	[CCCD_FACT_EXPOSURE] = {
		{"Đã tiếp xúc với ca bệnh %D%Q trong vòng %A",
		"Contact with a %D case%Q within the last %A"},
		{"Không tiếp xúc với ca bệnh %D%Q trong vòng %A",
		"No contact with a %D case%Q within the last %A"}
	},
	[CCCD_FACT_CONTRAINDICATION] = {
		{"Có chống chỉ định vắc xin %D%Q được ghi nhận trong vòng %A",
		"Contraindication to %D vaccine%Q recorded within the last %A"},
		{"Không có chống chỉ định vắc xin %D%Q được ghi nhận trong vòng %A",
		"No contraindication to %D vaccine%Q recorded within the last %A"}
	},
	[CCCD_FACT_LAST_DOSE] = {
		{"Đã tiêm vắc xin %D%Q trong vòng %A",
		"A dose of %D vaccine%Q within the last %A"},
		{"Không tiêm vắc xin %D%Q trong vòng %A",
		"No dose of %D vaccine%Q within the last %A"}
	},
	[CCCD_FACT_NEGATIVE] = {
		{"Có kết quả xét nghiệm%E âm tính%Q trong vòng %A",
		"A negative%E test%Q within the last %A"},
		{"Không có kết quả xét nghiệm%E âm tính%Q trong vòng %A",
		"No negative%E test%Q within the last %A"}
	},
	[CCCD_FACT_POSITIVE] = {
		{"Có kết quả xét nghiệm%E dương tính%Q trong vòng %A",
		"A positive%E test%Q within the last %A"},
		{"Không có kết quả xét nghiệm%E dương tính%Q trong vòng %A",
		"No positive%E test%Q within the last %A"}
	},
};

const CccdPhrase cccd_say_not = {
	"Không thuộc trường hợp: ",
	"Not the case: "
};

const CccdPhrase cccd_say_states[CCCD_STATES][2] = {
	[CCCD_FACT_RECOVERY] = {
		{"Đã khỏi bệnh %D%Q", "Recovered from %D%Q"},
		{"Chưa từng khỏi bệnh %D%Q", "Never recovered from %D%Q"}
	},
	[CCCD_FACT_ISOLATION] = {
		{"Đang trong thời gian cách ly%F%Q", "In isolation%F%Q"},
		{"Không đang trong thời gian cách ly%F%Q", "Not in isolation%F%Q"}
	},
	[CCCD_FACT_EXPOSURE] = {
		{"Đang trong thời gian theo dõi do tiếp xúc với ca bệnh %D%Q",
		"Under observation after contact with a %D case%Q"},
		{"Không đang trong thời gian theo dõi do tiếp xúc với ca bệnh %D%Q",
		"Not under observation after contact with a %D case%Q"}
	},
	[CCCD_FACT_CONTRAINDICATION] = {
		{"Có chống chỉ định vắc xin %D%Q",
		"Contraindication to %D vaccine%Q"},
		{"Không có chống chỉ định vắc xin %D%Q",
		"No contraindication to %D vaccine%Q"}
	},
};

const CccdPhrase cccd_say_ages[CCCD_RANGES] = {
	[CCCD_RANGE_AT_LEAST] = {"Từ đủ %A trở lên", "Aged %A or older"},
	[CCCD_RANGE_BELOW] = {"Dưới %A", "Younger than %A"},
	[CCCD_RANGE_ABOVE] = {"Trên %A", "Older than %A"},
	[CCCD_RANGE_AT_MOST] = {"Không quá %A", "Not older than %A"},
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
	{"Có người đi kèm", "Is accompanied"},
	{"Không có người đi kèm", "Is not accompanied"}
};

const CccdPhrase cccd_say_sexes[2] = {
	{"Là nam", "Male"},
	{"Là nữ", "Female"}
};

const CccdPhrase cccd_say_subjects[CCCD_OPS] = {
	[CCCD_OP_EVIDENCE] = {"Mức xác minh danh tính", "Evidence of identity"},
	[CCCD_OP_LEVEL] = {
		"Cấp độ dịch tại địa điểm",
		"Epidemic level of the place"
	},
	[CCCD_OP_ORIGIN_LEVEL] = {
		"Cấp độ dịch tại nơi đi",
		"Epidemic level of the place of departure"
	},
	[CCCD_OP_PLACE] = {
		"Nơi đăng ký khai sinh",
		"Place of birth registration"
	},
};

const CccdPhrase cccd_say_compared[CCCD_RANGES] = {
	[CCCD_RANGE_EQUAL] = {" là %A", " is %A"},
	[CCCD_RANGE_UNEQUAL] = {" không phải là %A", " is not %A"},
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
	[CCCD_RANGE_UNLISTED] = {" không phải là %L", " is not %L"},
};

const CccdPhrase cccd_say_or = {" hoặc ", " or "};
const CccdPhrase cccd_say_source = {"nguồn: ", "source: "};
const CccdPhrase cccd_say_signed = {"có chữ ký số", "digitally signed"};
const CccdPhrase cccd_say_code = {"mã ", "code "};
const CccdPhrase cccd_say_kind = {"loại ", "kind "};
const CccdPhrase cccd_say_for = {" do bệnh ", " for "};
