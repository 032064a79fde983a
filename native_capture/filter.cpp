#include "filter.h"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "suggestion.h"

namespace tracedrop::native_capture {
namespace {

/// Ethernet first: its error is the one that is shown. The others allow what only they have (wlan …, ifindex …).
constexpr std::array kLinkTypes{DLT_EN10MB, DLT_IEEE802_11_RADIO, DLT_LINUX_SLL2, DLT_RAW};

/// libpcap's error for one link type; empty when the expression compiles.
std::string compile_error(const std::string& expression, int link_type) {
  pcap_t* handle = pcap_open_dead(link_type, 262144);
  bpf_program program{};
  std::string error;
  if (pcap_compile(handle, &program, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0)
    error = pcap_geterr(handle);
  else
    pcap_freecode(&program);
  pcap_close(handle);
  return error;
}

bool compiles(const std::string& expression) {
  return std::any_of(kLinkTypes.begin(), kLinkTypes.end(),
                     [&](int link_type) { return compile_error(expression, link_type).empty(); });
}

struct Token {
  size_t begin, end;
};

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
         c == ':' || c == '-' || c == '/' || c == '\\' || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    if (is_word(text[at])) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (end < text.size() && std::string_view("<>=!&|").find(text[at]) != std::string_view::npos &&
               std::string_view("<>=&|").find(text[end]) != std::string_view::npos) {
      ++end;
    }
    if (text[at] != ' ' && text[at] != '\t' && text[at] != '\n') tokens.push_back({at, end});
    at = end;
  }
  return tokens;
}

constexpr std::array<std::string_view, 40> kKeywords{
    "host",    "net",      "port", "portrange", "src",     "dst",     "tcp",       "udp",       "icmp",  "icmp6",
    "ip",      "ip6",      "arp",  "rarp",      "ether",   "vlan",    "mpls",      "pppoes",    "proto", "protochain",
    "and",     "or",       "not",  "less",      "greater", "gateway", "broadcast", "multicast", "mask",  "len",
    "inbound", "outbound", "wlan", "type",      "subtype", "sctp",    "igmp",      "esp",       "ah",    "geneve"};

/// A word that one keyword in its place would make right: "hosst 1.2.3.4".
std::optional<FilterError> misspelt(const std::string& expression, const std::vector<Token>& tokens) {
  for (const Token& token : tokens) {
    const std::string word = expression.substr(token.begin, token.end - token.begin);
    if (word.size() < 2 || std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end()) continue;
    for (const std::string_view keyword : kKeywords) {
      if (edit_distance(word, keyword) > (word.size() > 3 ? 2u : 1u)) continue;
      std::string mended = expression;
      mended.replace(token.begin, word.size(), keyword);
      if (compiles(mended)) return FilterError{"", token.begin, token.end, fmt::format("did you mean '{}'?", keyword)};
    }
  }
  return std::nullopt;
}

/// True when some ending makes a whole expression of this beginning.
bool can_go_on(const std::string& beginning) {
  static constexpr std::array kEndings{
      "",     " 1",    " 1.2.3.4", " 1.2.0.0/16", " host 1.2.3.4", " port 1",  " 1-2", " proto 1",          " ip",
      " = 0", "] = 0", "0] = 0",   ":1] = 0",     "1] = 0",        " + 0 = 0", " tcp", " 00:00:00:00:00:00"};
  const auto open =
      std::count(beginning.begin(), beginning.end(), '(') - std::count(beginning.begin(), beginning.end(), ')');
  const std::string closing(static_cast<size_t>(std::max<std::ptrdiff_t>(open, 0)), ')');
  return std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) {
    return compiles(beginning + ending + closing) || (!closing.empty() && compiles(beginning + closing + ending));
  });
}

/// The first token that nothing can be made of. libpcap says only that there is one.
FilterError first_wrong_token(const std::string& expression, const std::vector<Token>& tokens) {
  size_t good = tokens.size();
  while (good > 0 && !can_go_on(expression.substr(0, tokens[good - 1].end))) --good;
  if (good == tokens.size()) return {"", expression.size(), expression.size(), "the expression ends too early"};
  return {"", tokens[good].begin, tokens[good].end, ""};
}

/// The word that libpcap itself names: "unknown host 'x'", "illegal token: x".
std::optional<FilterError> named_in_error(const std::string& expression, const std::string& error) {
  std::string word;
  const size_t quote = error.find_first_of("'\"");
  if (quote != std::string::npos) word = error.substr(quote + 1, error.find(error[quote], quote + 1) - quote - 1);
  constexpr std::string_view kIllegal = "illegal token: ";
  const size_t illegal = error.find(kIllegal);
  if (illegal != std::string::npos) word = error.substr(illegal + kIllegal.size());
  const size_t at = word.empty() ? std::string::npos : expression.find(word);
  if (at == std::string::npos) return std::nullopt;
  return FilterError{"", at, at + word.size(), ""};
}

bool is_display_filter(const std::string& expression) {
  for (const char* name : {"ip.addr", "ip.src", "ip.dst", "ipv6.", "tcp.", "udp.", "eth.", "frame.", "http.", "dns.",
                           "tls.", " contains ", " matches "})
    if (expression.find(name) != std::string::npos) return true;
  return false;
}

}  // namespace

std::string build_filter(const std::vector<Host>& hosts, const std::string& expression) {
  std::vector<IpAddress> addresses;
  std::string of_hosts;
  for (const Host& host : hosts) {
    for (const IpAddress& address : host.addresses) {
      if (std::find(addresses.begin(), addresses.end(), address) != addresses.end()) continue;
      addresses.push_back(address);
      of_hosts += fmt::format("{}host {}", of_hosts.empty() ? "" : " or ", address.text());
    }
  }
  if (of_hosts.empty() || expression.empty()) return of_hosts + expression;
  if (addresses.size() > 1) of_hosts = fmt::format("({})", of_hosts);
  return fmt::format("{} and ({})", of_hosts, expression);
}

std::optional<FilterError> check_filter(const std::string& expression) {
  if (compiles(expression)) return std::nullopt;
  std::string words = compile_error(expression, kLinkTypes.front());
  constexpr std::string_view kPreamble = "can't parse filter expression: ";
  if (words.compare(0, kPreamble.size(), kPreamble) == 0) words.erase(0, kPreamble.size());

  const std::vector<Token> tokens = tokens_of(expression);
  std::optional<FilterError> place = misspelt(expression, tokens);
  if (!place) place = named_in_error(expression, words);
  if (!place) place = first_wrong_token(expression, tokens);
  place->text = words;
  if (is_display_filter(expression))
    place->suggestion =
        "this looks like one of Wireshark's display filters; a capture filter says 'host 192.0.2.1', 'tcp port 80'";
  return place;
}

std::string filter_error_text(const std::string& expression, const FilterError& error) {
  const auto columns = [&](size_t begin, size_t end) {
    // UTF-8's continuation bytes take no column of their own.
    return static_cast<size_t>(std::count_if(expression.begin() + static_cast<std::ptrdiff_t>(begin),
                                             expression.begin() + static_cast<std::ptrdiff_t>(end),
                                             [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
  };
  std::string marks = std::string(columns(0, error.begin), ' ') + '^';
  if (error.end > error.begin + 1) marks.append(columns(error.begin, error.end) - 1, '~');
  return fmt::format(
      "this is not a capture filter: {}\n"
      "  {}\n"
      "  {}{}{}\n"
      "Examples: 'tcp port 443', 'udp port 53 or icmp', 'net 192.0.2.0/24 and not port 22'; all of it: man "
      "pcap-filter.",
      error.text, expression, marks, error.suggestion.empty() ? "" : " ", error.suggestion);
}

}  // namespace tracedrop::native_capture
