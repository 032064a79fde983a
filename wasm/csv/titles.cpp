#include "csv/titles.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "csv/field.h"

namespace tracedrop::csv {

namespace {

struct Names {
  Column column;
  bool is_delta;
  /// Folded (letters and digits, in lower case), the better ones first.
  std::string_view names;
};

// A field's title in Wireshark changes with its version: "Frame length on the wire" became "Frame Length".
constexpr Names kNames[] = {
    {Column::number, false,
     "no framenumber number packetnumber wscolnumber wscolno numberdisplayed packetno packetnum packetindex packetid "
     "frameno framenum frame packet pktno pktnum pkt nr num nummer numero numéro índice 编号 序号"},
    {Column::time, false,
     "time frametimeepoch frametimeutc frametime frametimerelative wscoltime wscolclstime wscolabsymdtime "
     "wscolutcymdtime "
     "wscolutcymctime wscolabsydoytime wscolutcydoytime wscolabstime wscolutctime wscolreltime epochtime "
     "epocharrivaltime "
     "arrivaltimeepoch arrivaltime utcarrivaltime arrivaltimeutc absolutetime absolutedate absolutedatetime utctime "
     "utcdate "
     "utcdatetime absolutedateandtime absolutedateasyyyymmddandtime absolutedateasyyyydoyandtime utcdateandtime "
     "utcdateasyyyymmddandtime utcdateasyyyydoyandtime dateandtime dateandtimeofday datetime timestamp timestamps "
     "timestampepoch "
     "epochtimestamp packettimestamp frametimestamp capturetimestamp ts packettime frametimes capturetime captime "
     "sniffts "
     "snifftime snifftimestamp timeepoch epoch epochs unixtime unixtimestamp epochseconds timeformatasspecified "
     "relativetime timerelative reltime timesincereferenceorfirstframe timesincereferenceorfirstpacket "
     "timesincefirstframe "
     "timesincefirstframeinthiscapture timesincefirstpacket timesincefirstcapturedframe timesincefirstcapturedpacket "
     "timesincereference timesincestart timesincestartofcapture timesincestartofcapturing timesincecapturestart "
     "timesincebeginning timesincebeginningofcapture secondssincebeginningofcapture secondssincefirstcapturedpacket "
     "secondssincestart frametimerelativecapturestart elapsedtime elapsed timeelapsed timeofday pkttime arrival date "
     "zeit uhrzeit zeitstempel temps heure tiempo hora tempo tm t timesec abstime seconds sec secs 时间 時間 时间戳"},
    {Column::time, true,
     "deltatime timedelta frametimedelta wscoldeltatime frametimedeltadisplayed wscoldeltatimedis "
     "wscoldeltatimedisplayed "
     "deltatimedisplayed timedeltadisplayed displayeddeltatime delta deltat timesinceprevious timesinceprev "
     "timesincepreviousframe timesincepreviouspacket timesincelastpacket timesincelastframe "
     "timedeltafromprevious timedeltafrompreviousframe timedeltafrompreviouspacket timedeltafrompreviouscapturedframe "
     "timedeltafrompreviousdisplayedframe timedeltafrompreviouscapturedpacket timedeltafrompreviousdisplayedpacket "
     "timesincepreviouscapturedframe timesincepreviousdisplayedframe timesincepreviouscapturedpacket "
     "timesincepreviousdisplayedpacket timesincepreviouscaptured timesincepreviousdisplayed "
     "secondssincepreviouscapturedpacket secondssincepreviousdisplayedpacket secondssincepreviouscapturedframe "
     "secondssincepreviousdisplayedframe secondssincepreviouscaptured secondssincepreviousdisplayed "
     "secondssincepreviouspacket secondssinceprevious "
     "interarrivaltime interarrival interpacketgap interpackettime iat"},
    {Column::source, false,
     "source src sourceaddress srcaddress srcaddr sourceaddr wscolsource wscoldefsrc wscolressrc wscolunressrc "
     "wscoldefnetsrc wscolresnetsrc wscolunresnetsrc netsrcaddr networksrcaddr ipsrc srcip sourceip ipsource "
     "sourceipaddress srcipaddress ipsrchost sourcehost srchost ipv6src ip6src srcipv6 sourceipv6 ipv6srchost sender "
     "senderip senderaddress from ethsrc srcmac sourcemac macsrc wlansa wscoldefdlsrc wscolresdlsrc wscolunresdlsrc "
     "hwsrcaddr hardwaresrcaddr quelle quelladresse absender origen origem 源 源地址 送信元"},
    {Column::destination, false,
     "destination dst dest destinationaddress destaddress dstaddress dstaddr destaddr destinationaddr "
     "wscoldestination wscoldefdst wscolresdst wscolunresdst wscoldefnetdst wscolresnetdst wscolunresnetdst "
     "netdestaddr "
     "networkdestaddr ipdst dstip destip destinationip ipdestination ipdest destinationipaddress dstipaddress "
     "ipdsthost "
     "destinationhost dsthost ipv6dst ip6dst dstipv6 destinationipv6 ipv6dsthost receiver receiverip receiveraddress "
     "to "
     "ethdst dstmac destmac destinationmac macdst wlanda wscoldefdldst wscolresdldst wscolunresdldst hwdestaddr "
     "hardwaredestaddr ziel zieladresse empfänger destino 目标 目的 目的地址 目标地址 宛先"},
    {Column::protocol, false,
     "protocol proto wscolprotocol protocolname protocols highestprotocol highestlayer protokoll protocole protocolo "
     "协议"},
    {Column::length, false,
     "length framelen framelength framelengthonthewire packetlength packetlen packetlengths packetsize pktlen "
     "pktlength "
     "pktsize wscolpacketlength wscollength wirelength wirelen wiresize lengthonthewire len size framesize lengthbytes "
     "bytes packetbytes bytesonwire bytesonthewire origlen originallength länge laenge größe paketlänge longueur "
     "taille "
     "longitud tamaño comprimento 长度 大小"},
    {Column::info, false,
     "info information wscolinfo infos packetinfo packetinformation details detail description summary 信息"},
    {Column::source_port, false,
     "srcport sourceport tcpsrcport udpsrcport wscolsrcport wscoldefsrcport wscolressrcport wscolunressrcport "
     "sctpsrcport "
     "dccpsrcport sport portsrc portsource sourceportnumber"},
    {Column::destination_port, false,
     "dstport destport destinationport tcpdstport udpdstport wscoldstport wscoldefdstport wscolresdstport "
     "wscolunresdstport sctpdstport dccpdstport dport portdst portdest destinationportnumber"},
};

/// Fields of tshark: one packet may have several, one for each header within.
constexpr std::string_view kRepeated =
    "ipsrc ipdst ipsrchost ipdsthost ipv6src ipv6dst ipv6srchost ipv6dsthost ethsrc ethdst wlansa wlanda tcpsrcport "
    "tcpdstport udpsrcport udpdstport sctpsrcport sctpdstport dccpsrcport dccpdstport";

struct Unit {
  std::string_view name;
  uint8_t digits;
};
constexpr Unit kUnits[] = {{"s", 0},           {"sec", 0},          {"secs", 0},
                           {"second", 0},      {"seconds", 0},      {"sek", 0},
                           {"ms", 3},          {"msec", 3},         {"msecs", 3},
                           {"millis", 3},      {"milli", 3},        {"millisecond", 3},
                           {"us", 6},          {"usec", 6},         {"usecs", 6},
                           {"micros", 6},      {"µs", 6},           {"μs", 6},
                           {"ns", 9},          {"nsec", 9},         {"nsecs", 9},
                           {"nanos", 9},       {"nano", 9},         {"nanosecond", 9},
                           {"bytes", 0},       {"byte", 0},         {"b", 0},
                           {"octets", 0},      {"utc", 0},          {"gmt", 0},
                           {"local", 0},       {"milliseconds", 3}, {"microseconds", 6},
                           {"microsecond", 6}, {"nanoseconds", 9},  {"epoch", 0}};

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

/// The title's words in lower case: "Length (bytes)" is {length, bytes}.
std::vector<std::string> words_of(std::string_view title) {
  std::vector<std::string> words;
  bool within = false;
  for (const char c : title) {
    if (!is_word_byte(c)) {
      within = false;
      continue;
    }
    if (!within) words.emplace_back();
    within = true;
    words.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word;
  return out;
}

/// Calls take(word, its place) for each word of a list divided by blanks.
template <typename Take>
void for_each_word(std::string_view list, Take&& take) {
  for (size_t begin = 0; begin < list.size();) {
    const size_t end = std::min(list.find(' ', begin), list.size());
    take(list.substr(begin, end - begin), begin);
    begin = end + 1;
  }
}

std::unordered_map<std::string_view, Title> index_of_names() {
  std::unordered_map<std::string_view, Title> index;
  uint32_t before = 0;
  for (const Names& known : kNames) {
    for_each_word(known.names, [&](std::string_view name, size_t place) {
      Title title;
      title.rank = before + static_cast<uint32_t>(place);
      title.column = known.column;
      title.is_delta = known.is_delta;
      index.emplace(name, title);
    });
    before += static_cast<uint32_t>(known.names.size());
  }
  for_each_word(kRepeated, [&](std::string_view name, size_t) { index[name].may_repeat = true; });
  return index;
}

/// Keeps the unit that was found before.
bool find_name(const std::string& folded, Title& title) {
  static const std::unordered_map<std::string_view, Title> kIndex = index_of_names();
  const auto found = kIndex.find(folded);
  if (found == kIndex.end()) return false;
  const uint8_t unit_digits = title.unit_digits;
  title = found->second;
  title.unit_digits = unit_digits;
  return true;
}

bool take_unit(std::vector<std::string>& words, Title& title) {
  if (words.size() < 2) return false;
  for (const Unit& unit : kUnits) {
    if (words.back() != unit.name) continue;
    title.unit_digits = unit.digits;
    words.pop_back();
    if (words.size() > 1 && words.back() == "in") words.pop_back();
    return true;
  }
  return false;
}

}  // namespace

Title read_title(std::string_view text) {
  constexpr size_t kLongest = 200;
  Title title;
  text = trimmed(text.substr(0, kLongest));
  if (text == "#") text = "no";
  std::vector<std::string> words = words_of(text);
  if (find_name(joined(words), title)) return title;
  while (take_unit(words, title))
    if (find_name(joined(words), title)) return title;
  // "Src addr (resolved)", "Time [local]": what brackets enclose only explains the name.
  const size_t bracket = text.find_first_of("([");
  if (bracket == 0 || bracket == text.npos) return title;
  words = words_of(text.substr(0, bracket));
  find_name(joined(words), title);
  return title;
}

}  // namespace tracedrop::csv
