/*
 * zxing_image.cc
 *		QR codes with zxing-cpp, where the build finds it.
 *
 * The only C++ of the project: nothing is thrown past the end of this file.
 */
#include "qr/scan_image.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <new>

extern "C" int
cccd_zxing_scan(const uint8_t *grey, int width, int height, int thorough,
				CccdCodeSink sink, void *state)
{
	try
	{
		ZXing::ImageView view(grey, width, height, ZXing::ImageFormat::Lum);
		ZXing::DecodeHints hints;
		int			found = 0;

		hints.setFormats(ZXing::BarcodeFormat::QRCode);
		hints.setTryHarder(thorough != 0);
		hints.setTryRotate(thorough != 0);
		hints.setTryDownscale(false);
		for (const ZXing::Result &result : ZXing::ReadBarcodes(view, hints))
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
