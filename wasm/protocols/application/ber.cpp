// The Basic Encoding Rules are no protocol of their own: only what trees tell of them is declared here
// (dissect/ber_walk.h reads them).
#include "dissect/ber_fields.h"
#include "dissect/protocol.h"
#include "protocols/list.h"

namespace tracedrop::dissect {

const Protocol ber_protocol{.filter_name = "ber",
                            .column_name = "BER",
                            .title = "Basic Encoding Rules (ASN.1 X.690)",
                            .fields = listed<ber::fields>};

}  // namespace tracedrop::dissect
