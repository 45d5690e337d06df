/*
 * zxing_image.cc
 *		QR codes with zxing-cpp, where the build finds it.
 *
 * The only C++ of the project: nothing is thrown past the end of this file.
 */
#include "qr/reader/scan_image.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <new>

/* renamed in zxing-cpp 2.2 */
#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

extern "C" int
cccd_zxing_scan(const uint8_t *grey, int width, int height, int thorough,
				CccdCodeSink sink, void *state)
{
	try
	{
		ZXing::ImageView view(grey, width, height, ZXing::ImageFormat::Lum);
		Options		options;
		int			found = 0;

		options.setFormats(ZXing::BarcodeFormat::QRCode);
		options.setTryHarder(thorough != 0);
		options.setTryRotate(thorough != 0);
		options.setTryDownscale(false);
		for (const auto &result : ZXing::ReadBarcodes(view, options))
		{
			CccdCode	code;

			/* zbar joins the parts of a structured append: leave them to it */
			if (!result.isValid() || result.isPartOfSequence())
				continue;
			code.payload = result.bytes().data();
			code.length = result.bytes().size();
			for (int i = 0; i < 4; i++)
			{
				code.corners[2 * i] = result.position()[i].x;
				code.corners[2 * i + 1] = result.position()[i].y;
			}
			found++;
			if (!sink(state, &code))
				break;
		}
		return found;
	}
	catch (const std::bad_alloc &)
	{
		return -1;
	}
	catch (...)
	{
		return 0;
	}
}
