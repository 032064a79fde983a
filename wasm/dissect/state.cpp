#include "dissect/state.h"

namespace tracedrop::dissect {

State::State(Findings& findings_) : findings(findings_), flows(findings_) {}

}  // namespace tracedrop::dissect
