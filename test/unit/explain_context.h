/*
 * explain_context.h
 *		Every kind of clause about the context with its sentence in both
 *		languages; see explain_sentences.h.
 */
#ifndef EXPLAIN_CONTEXT_H
#define EXPLAIN_CONTEXT_H

#include "explain_sentences.h"

static const ExplainSentence context_sentences[] =
{
	{
		"ticket",
		"Có vé",
		"Holds a ticket"
	},
	{
		"not ticket",
		"Không có vé",
		"Does not hold a ticket"
	},
	{
		"accompanied",
		"Có người lớn đi cùng",
		"Accompanied by an adult"
	},
	{
		"not accompanied",
		"Không có người lớn đi cùng",
		"Not accompanied by an adult"
	},
	{
		"age > 22 years",
		"Đã qua thời điểm tròn 22 tuổi",
		"Past the 22nd birthday"
	},
	{
		"age <= 13 years",
		"Chưa qua thời điểm tròn 13 tuổi",
		"Not past the 13th birthday"
	},
	{
		"age <= 3 years",
		"Chưa qua thời điểm tròn 3 tuổi",
		"Not past the 3rd birthday"
	},
	{
		"evidence <> qr",
		"Danh tính được xác minh ở mức khác mã QR",
		"Identity proved by other than QR code"
	},
	{
		"evidence >= qr",
		"Danh tính được xác minh ít nhất bằng mã QR",
		"Identity proved by QR code or better"
	},
	{
		"age >= 12 years",
		"Từ đủ 12 tuổi trở lên",
		"Aged 12 years or older"
	},
	{
		"age > 12 years",
		"Đã qua thời điểm tròn 12 tuổi",
		"Past the 12th birthday"
	},
	{
		"age < 12 years",
		"Dưới 12 tuổi",
		"Younger than 12 years"
	},
	{
		"age <= 12 years",
		"Chưa qua thời điểm tròn 12 tuổi",
		"Not past the 12th birthday"
	},
	{
		"age between 12 years and 17 years",
		"Từ đủ 12 tuổi đến 17 tuổi",
		"Aged between 12 years and 17 years"
	},
	{
		"not age >= 12 years",
		"Dưới 12 tuổi",
		"Younger than 12 years"
	},
	{
		"not age > 6 months",
		"Chưa qua thời điểm tròn 6 tháng tuổi",
		"Not past 6 months of age"
	},
	{
		"not age < 12 years",
		"Từ đủ 12 tuổi trở lên",
		"Aged 12 years or older"
	},
	{
		"not age <= 1 year",
		"Đã qua thời điểm tròn 1 tuổi",
		"Past the 1st birthday"
	},
	{
		"not age between 12 days and 17 weeks",
		"Ngoài độ tuổi từ đủ 12 ngày tuổi đến 17 tuần tuổi",
		"Not aged between 12 days and 17 weeks"
	},
	{
		"evidence >= paper",
		"Danh tính được xác minh ít nhất bằng giấy tờ",
		"Identity proved by paper or better"
	},
	{
		"evidence = chip",
		"Danh tính được xác minh đúng bằng chip hợp lệ",
		"Identity proved by verified chip exactly"
	},
	{
		"evidence in (qr, chip)",
		"Danh tính được xác minh bằng mã QR hoặc chip hợp lệ",
		"Identity proved by QR code or verified chip"
	},
	{
		"not evidence >= paper",
		"Danh tính được xác minh ở mức thấp hơn giấy tờ",
		"Identity proved by less than paper"
	},
	{
		"evidence <= signature",
		"Danh tính được xác minh cao nhất bằng chữ ký số hợp lệ",
		"Identity proved by verified signature at best"
	},
	{
		"evidence not in (claimed, genuine, registry)",
		"Danh tính được xác minh ở mức khác tự khai, khác đối "
		"chiếu cơ sở dữ liệu và khác chip thật, không phải bản sao",
		"Identity proved by neither claim, registry match nor "
		"genuine chip"
	},
	{
		"level <= 2",
		"Cấp độ dịch tại địa điểm không quá 2",
		"Epidemic level of the place is 2 or lower"
	},
	{
		"level = 3",
		"Cấp độ dịch tại địa điểm là 3",
		"Epidemic level of the place is 3"
	},
	{
		"level <> 4",
		"Cấp độ dịch tại địa điểm khác 4",
		"Epidemic level of the place is not 4"
	},
	{
		"level in (1, 2, 4)",
		"Cấp độ dịch tại địa điểm là 1, 2 hoặc 4",
		"Epidemic level of the place is 1, 2 or 4"
	},
	{
		"not level in (1, 2, 4)",
		"Cấp độ dịch tại địa điểm khác 1, khác 2 và khác 4",
		"Epidemic level of the place is neither 1, 2 nor 4"
	},
	{
		"level between 1 and 3",
		"Cấp độ dịch tại địa điểm từ 1 đến 3",
		"Epidemic level of the place is between 1 and 3"
	},
	{
		"not level between 1 and 3",
		"Cấp độ dịch tại địa điểm không nằm trong khoảng từ 1 đến 3",
		"Epidemic level of the place is not between 1 and 3"
	},
	{
		"not level <= 2",
		"Cấp độ dịch tại địa điểm cao hơn 2",
		"Epidemic level of the place is higher than 2"
	},
	{
		"origin_level >= 3",
		"Cấp độ dịch tại nơi xuất phát từ 3 trở lên",
		"Epidemic level of the place of departure is 3 or higher"
	},
	{
		"place = 79",
		"Nơi đăng ký khai sinh là Hồ Chí Minh (79)",
		"Place of birth registration is 79"
	},
	{
		"place in (1, 79)",
		"Nơi đăng ký khai sinh là Hà Nội (1) hoặc Hồ Chí Minh (79)",
		"Place of birth registration is 1 or 79"
	},
	{
		"place <> 301",
		"Nơi đăng ký khai sinh khác 301",
		"Place of birth registration is not 301"
	},
	{
		"place between 101 and 295",
		"Nơi đăng ký khai sinh từ 101 đến 295",
		"Place of birth registration is between 101 and 295"
	},
	{
		"sex = male",
		"Là nam",
		"Male"
	},
	{
		"not sex = male",
		"Là nữ",
		"Female"
	},
	{
		"sex = female",
		"Là nữ",
		"Female"
	},
};

#endif							/* EXPLAIN_CONTEXT_H */
