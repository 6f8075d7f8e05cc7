/* libfdt as Swift sees it: device tree blobs, read, written and overlaid. */
#include <libfdt.h>
