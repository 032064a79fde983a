// Terminal type (RFC 1091), X display (RFC 1096), window size (RFC 1073), flow control (RFC 1372), authentication
// (RFC 2941), encryption (RFC 2946), tab stops (RFC 653), 3270 regime (RFC 1041), output marking (RFC 933).
#include "protocols/application/telnet/suboptions.h"

namespace tracedrop::dissect::telnet {

namespace {

enum Option : uint8_t {
  kTabStops = 11,
  kVerticalTabStops = 14,
  kTerminalType = 24,
  kOutputMarking = 27,
  kRegime3270 = 29,
  kWindowSize = 31,
  kFlowControlOption = 33,
  kDisplay = 35,
  kAuthentication = 37,
  kEncryption = 38,
  kStartTls = 46
};

/// False, and the line says so, when there are not so many bytes.
bool has_length(Layer& in, size_t size, size_t wanted) {
  if (size == wanted) return true;
  in.expert(f.bad_length, Severity::warning, ExpertGroup::protocol, "Suboption parameter length is ", size,
            ", should be ", wanted);
  return false;
}

/// Is (0) with a text, or send (1).
void report_text(Layer& in, std::string_view name, size_t size) {
  const uint8_t command = in.rest().u8(0);
  if (command > 1) {
    in.expert(f.bad_command, Severity::warning, ExpertGroup::protocol, "Invalid ", name, " subcommand ", command);
    in.skip(1);
    if (size > 1) in.bytes(f.unknown_data, size - 1);
    return;
  }
  in(f.option);
  in.replace(command == 0 ? "Here's my " : "Send your ", name);
  if (command == 0 && size > 1) in.text(f.text, size - 1);
}

/// The receiver (0) or the sender (1) handles them.
void report_tab_stops(Layer& in, std::string_view name, size_t size) {
  const uint32_t command = in(f.option);
  in.replace(command == 0 ? "Here's my " : "Send your ", name);
  for (size_t i = 1; i < size; ++i) {
    const uint32_t value = in(f.tab_stop);
    if (value == 0) {
      in.replace(command == 0 ? "Sender" : "Receiver", " wants to handle tab stops");
    } else {
      in.replace("Sender wants receiver to handle tab stop at ", value);
    }
  }
}

void report_method(Layer& in) {
  in(f.auth_type);
  in.bits(f.auth_encrypts, f.auth_forwards, f.auth_how, f.auth_who);
}

void report_authentication(Layer& in, size_t end) {
  constexpr uint8_t kSend = 1, kName = 3, kKerberos5 = 2, kSsl = 7;
  const uint32_t command = in(f.auth_command);
  if (command == kName && in.at() < end) in.text(f.auth_name, end - in.at());
  if (command == kSend)
    while (in.at() + 2 <= end) report_method(in);
  if (command == kSend || command >= kName || in.at() + 2 > end) return;
  const uint8_t method = in.rest().u8(0);
  report_method(in);
  if (in.at() < end && method == kKerberos5) in(f.auth_kerberos);
  if (in.at() < end && method == kSsl) in(f.auth_ssl);
}

void report_encryption(Layer& in, size_t end) {
  const uint32_t option_line = in.tree() == nullptr ? 0 : in.tree()->last();
  const uint32_t command = in(f.crypt_command);
  switch (command) {
    case 0:
    case 2:
      in(f.crypt_type);
      if (in.at() < end) in.bytes(f.crypt_data, end - in.at());
      return;
    case 1:
      while (in.at() < end) in(f.crypt_type);
      return;
    case 3:
      if (in.rest().u8(0) == 0 && in.at() + 1 == end) {
        in.bytes(f.key_id, 1);
        return in.replace("Default key");
      }
      [[fallthrough]];
    case 7:
    case 8:
      if (in.at() < end) in.bytes(f.key_id, end - in.at());
      return;
    case 4:
    case 5:
    case 6: return;
    default: break;
  }
  if (in.tree() != nullptr) in.tree()->set_last(option_line);
  in.expert(f.bad_crypt_command, Severity::warning, ExpertGroup::protocol, f.bad_crypt_command.title);
}

void report_regime(Layer& in, size_t size) {
  const uint32_t command = in(f.regime);
  in.replace(command == 0 ? "IS" : "ARE");
  in.text(f.regime_text, size - 1);
}

void report_known(Layer& in, uint8_t option, std::string_view name, size_t size) {
  const size_t end = in.at() + size;
  switch (option) {
    case kWindowSize:
      if (!has_length(in, size, 4)) return;
      in(f.width);
      in(f.height);
      return;
    case kFlowControlOption:
      if (has_length(in, size, 1)) in(f.flow_control);
      return;
    case kTerminalType:
    case kDisplay: return report_text(in, name, size);
    case kTabStops:
    case kVerticalTabStops: return report_tab_stops(in, name, size);
    case kAuthentication: return report_authentication(in, end);
    case kEncryption: return report_encryption(in, end);
    case kRegime3270: return report_regime(in, size);
    case kStartTls: return void(in(f.start_tls));
    case kOutputMarking:
      in(f.mark_command);
      if (in.at() < end) in.text(f.mark_banner, end - in.at());
      return;
    default: in.bytes(f.data, size); return;
  }
}

}  // namespace

void report_suboption(Layer& in, uint8_t option, std::string_view name, size_t size) {
  if (in.tree() == nullptr) return in.skip(size);
  const size_t end = in.at() + size;
  const auto below = in.below();
  report_known(in, option, name, size);
  if (in.ok()) in.seek(end);
}

}  // namespace tracedrop::dissect::telnet
