#include "capture/signatures.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace tracedrop::capture {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  size_t at;
  std::string_view bytes;
  std::string_view kind;
};

constexpr Signature kSignatures[] = {
    // Captures of other programs: Wireshark's editcap turns most of them into pcapng.
    {0, "snoop\0\0\0"sv, "a Sun snoop capture"},
    {0, "btsnoop\0"sv, "a Bluetooth btsnoop capture"},
    {0, "RTSS"sv, "a Microsoft Network Monitor 1 capture"},
    {0, "GMBU"sv, "a Microsoft Network Monitor 2 capture"},
    {0, "TRSNIFF data    \x1A"sv, "a Network General Sniffer capture"},
    {0, "XCP\0"sv, "a NetXRay or Sniffer capture"},
    {0, "ObserverPktBuffe"sv, "a Network Instruments Observer capture"},
    {0, "\177ver"sv, "a Savvius OmniPeek capture"},
    {0, "iptrace 1.0"sv, "an AIX iptrace capture"},
    {0, "iptrace 2.0"sv, "an AIX iptrace capture"},
    {0, "\x05VNF"sv, "a Visual Networks capture"},
    {0, "\0\x03\0\x01\xBF\xCD\0\0"sv, "a Windows event trace"},
    // Compressed and archived
    {0, "\x28\xB5\x2F\xFD"sv, "a zstd-compressed file"},
    {0, "\x04\x22\x4D\x18"sv, "an lz4-compressed file"},
    {0,
     "\xFD"
     "7zXZ\0"sv,
     "an xz-compressed file"},
    {0, "BZh"sv, "a bzip2-compressed file"},
    {0, "\x1F\x9D"sv, "a file compressed with compress(1)"},
    {0, "7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive"},
    {0, "Rar!\x1A\x07"sv, "a RAR archive"},
    {0, "PK\x03\x04"sv, "a zip archive"},
    {0, "PK\x05\x06"sv, "an empty zip archive"},
    {257, "ustar"sv, "a tar archive"},
    // Documents, pictures, data
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old Microsoft Office document (Excel, Word)"},
    {0, "%PDF-"sv, "a PDF document"},
    {0, "\x89PNG\r\n\x1A\n"sv, "a PNG image"},
    {0, "\xFF\xD8\xFF"sv, "a JPEG image"},
    {0, "GIF8"sv, "a GIF image"},
    {8, "WEBP"sv, "a WebP image"},
    {4, "ftyp"sv, "an MPEG-4 video or a HEIC image"},
    {0, "SQLite format 3\0"sv, "an SQLite database"},
    {0, "PAR1"sv, "a Parquet file"},
    {0, "ARROW1"sv, "an Arrow file"},
    {0, "\x93NUMPY"sv, "a NumPy array"},
    // Programs
    {0,
     "\x7F"
     "ELF"sv,
     "a Linux program (ELF)"},
    {0, "MZ"sv, "a Windows program"},
    {0, "\xCF\xFA\xED\xFE"sv, "a macOS program"},
    {0, "\xCA\xFE\xBA\xBE"sv, "a macOS program or a Java class"},
    {0, "\0asm"sv, "a WebAssembly module"},
    // Sound ones are told by pcapng.h
    {0, "\n\r\r\n"sv, "a damaged pcapng capture"},
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool begins_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

/// "12:34:56.789012 IP …" or "2022-09-22 12:34:56.789012 IP …"
bool is_tcpdump_line(std::string_view line) {
  const auto digit = [&](size_t at) {
    return at < line.size() && std::isdigit(static_cast<unsigned char>(line[at])) != 0;
  };
  if (line.size() > 11 && digit(0) && line[4] == '-' && line[7] == '-' && line[10] == ' ') line.remove_prefix(11);
  if (line.size() < 16 || !digit(0) || line[2] != ':' || line[5] != ':' || line[8] != '.') return false;
  line.remove_prefix(std::min(line.find(' '), line.size()));
  for (const std::string_view protocol : {" IP "sv, " IP6 "sv, " ARP, "sv}) {
    if (begins_with(line, protocol)) return true;
  }
  return contains(line.substr(0, 40), " IP ");
}

}  // namespace

std::string_view binary_kind(Bytes first) {
  for (const Signature& signature : kSignatures) {
    if (!first.from(signature.at).starts_with(signature.bytes)) continue;
    const bool workbook = signature.kind == "a zip archive" && contains(first.text(), "xl/");
    const bool office = signature.kind == "a zip archive" && contains(first.text(), "[Content_Types].xml");
    return workbook || office ? "an Excel workbook or other Office document" : signature.kind;
  }
  return {};
}

std::string_view text_kind(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  text.remove_prefix(std::min(begin, text.size()));
  std::string lower(text.substr(0, 512));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (contains(lower, "<pdml") || contains(lower, "<psml")) return "Wireshark's XML (PDML or PSML)";
  if (begins_with(lower, "<!doctype html") || begins_with(lower, "<html")) return "an HTML page";
  if (begins_with(lower, "<")) return "XML";
  if (begins_with(lower, "{") || begins_with(lower, "[")) return "JSON";
  const std::string_view line = text.substr(0, text.find('\n'));
  if (is_tcpdump_line(line)) return "tcpdump's printed text (tcpdump -w FILE writes a capture)";
  if (begins_with(line, "No. ") && contains(line, " Time ") && contains(line, " Source ")) {
    return "Wireshark's plain-text export (\"As CSV\" in the same menu writes a csv)";
  }
  return {};
}

}  // namespace tracedrop::capture
