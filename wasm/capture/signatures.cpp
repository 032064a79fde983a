#include "capture/signatures.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>

#include "capture/zeros.h"

namespace tracedrop::capture {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  size_t at;
  std::string_view bytes;
  std::string_view kind;
  std::string_view advice = {};
};

constexpr std::string_view kSaveAs =
    "Open it in Wireshark and save it as pcapng (File > Save As), or convert it with editcap (editcap FILE "
    "trace.pcapng).";
constexpr std::string_view kOpenInside = " and open the capture that is in it.";

constexpr Signature kSignatures[] = {
    // Captures of other programs
    {0, "snoop\0\0\0"sv, "a Sun snoop capture", kSaveAs},
    {0, "btsnoop\0"sv, "a Bluetooth btsnoop capture", kSaveAs},
    {0, "RTSS"sv, "a Microsoft Network Monitor 1 capture", kSaveAs},
    {0, "GMBU"sv, "a Microsoft Network Monitor 2 capture", kSaveAs},
    {0, "TRSNIFF data    \x1A"sv, "a Network General Sniffer capture", kSaveAs},
    {0, "XCP\0"sv, "a NetXRay or Sniffer capture", kSaveAs},
    {0, "ObserverPktBuffe"sv, "a Network Instruments Observer capture", kSaveAs},
    {0, "\177ver"sv, "a Savvius OmniPeek capture", kSaveAs},
    {0, "iptrace 1.0"sv, "an AIX iptrace capture", kSaveAs},
    {0, "iptrace 2.0"sv, "an AIX iptrace capture", kSaveAs},
    {0, "\x05VNF"sv, "a Visual Networks capture", kSaveAs},
    {0, "\0\x03\0\x01\xBF\xCD\0\0"sv, "a Windows event trace",
     "etl2pcapng makes a capture of what \"netsh trace\" and \"pktmon\" write (etl2pcapng trace.etl trace.pcapng; "
     "pktmon etl2pcap trace.etl)."},
    // Compressed
    {0, "\x28\xB5\x2F\xFD"sv, "a zstd-compressed file", "Decompress it (zstd -d FILE) and open what comes out."},
    {0, "\x04\x22\x4D\x18"sv, "an lz4-compressed file", "Decompress it (lz4 -d FILE) and open what comes out."},
    {0,
     "\xFD"
     "7zXZ\0"sv,
     "an xz-compressed file", "Decompress it (xz -d FILE) and open what comes out."},
    {0, "LZIP"sv, "an lzip-compressed file", "Decompress it (lzip -d FILE) and open what comes out."},
    {0, "BZh"sv, "a bzip2-compressed file", "Decompress it (bzip2 -d FILE) and open what comes out."},
    {0, "\x1F\x9D"sv, "a file compressed with compress(1)", "Decompress it (gzip -d FILE) and open what comes out."},
    // Archives
    {0, "7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive", "Unpack it (7z x FILE)"},
    {0, "Rar!\x1A\x07"sv, "a RAR archive", "Unpack it (unrar x FILE)"},
    {0, "PK\x03\x04"sv, "a zip archive", "Unpack it (with a double click, or unzip FILE)"},
    {0, "PK\x05\x06"sv, "an empty zip archive"},
    {0, "MSCF"sv, "a Windows cabinet archive", "Unpack it (expand -F:* FILE .)"},
    {257, "ustar"sv, "a tar archive", "Unpack it (tar xf FILE)"},
    // Documents, pictures, data
    {0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old Microsoft Office document (Excel, Word)",
     "Of an Excel workbook, save the sheet as csv (File > Save As) and open that."},
    {0, "%PDF-"sv, "a PDF document"},
    {0, "\x89PNG\r\n\x1A\n"sv, "a PNG image"},
    {0, "\xFF\xD8\xFF"sv, "a JPEG image"},
    {0, "GIF8"sv, "a GIF image"},
    {8, "WEBP"sv, "a WebP image"},
    {4, "ftyp"sv, "an MPEG-4 video or a HEIC image"},
    {0, "SQLite format 3\0"sv, "an SQLite database"},
    {0, "PAR1"sv, "a Parquet file", "pandas makes a csv of it (read_parquet, to_csv)."},
    {0, "ARROW1"sv, "an Arrow file", "pandas makes a csv of it (read_feather, to_csv)."},
    {0, "\x89HDF\r\n\x1A\n"sv, "an HDF5 file", "pandas makes a csv of it (read_hdf, to_csv)."},
    {0, "\x93NUMPY"sv, "a NumPy array"},
    {0, "\0\x05\x16\x07"sv, "a companion file of macOS's Finder",
     "Its name begins with \"._\": the capture is the file without these two characters."},
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

constexpr Signature kWorkbook = {0,
                                 {},
                                 "an Excel workbook or other Office document",
                                 "Of an Excel workbook, save the sheet as csv (File > Save As) and open that."};
constexpr Signature kAllZeros = {
    0,
    {},
    "a file of zeros",
    "Its space was allocated, but no data were written: copy or download it again, or capture again."};

struct TextKind {
  std::string_view kind;
  std::string_view advice = {};
};

constexpr TextKind kPointer = {
    "a Git LFS pointer, not the file itself",
    "\"git lfs pull\" in the repository brings the file; on its web page, \"Download raw file\" does."};
constexpr TextKind kAnnexPointer = {"a git-annex pointer, not the file itself",
                                    "\"git annex get FILE\" in the repository brings the file."};
constexpr TextKind kWebPage = {
    "an HTML page",
    "If it was downloaded as a capture, the server sent a web page instead (to log in, or about the file): "
    "download the file itself."};
constexpr TextKind kPdml = {"Wireshark's XML (PDML or PSML)", "Save the capture itself, or export it as csv."};
constexpr TextKind kJson = {"JSON", "If Wireshark exported it, save the capture itself, or export it as csv."};
constexpr TextKind kTcpdump = {"tcpdump's printed text (tcpdump -w FILE writes a capture)"};
constexpr TextKind kPlainText = {"Wireshark's plain-text export (\"As CSV\" in the same menu writes a csv)"};
constexpr TextKind kHexDump = {"a hex dump", "text2pcap makes a capture of it (text2pcap FILE trace.pcapng)."};
constexpr TextKind kXml = {"XML"};

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

/// "0000  45 00 00 28 …", as Wireshark, tcpdump -x and hexdump write bytes.
bool is_hex_dump(std::string_view line) {
  const size_t blank = line.find_first_of(" :\t");
  if (blank < 4 || blank > 8 || line.find_first_not_of('0') != blank) return false;
  line.remove_prefix(std::min(line.find_first_not_of(" :\t", blank), line.size()));
  const auto hex = [&](size_t at) {
    return at < line.size() && std::isxdigit(static_cast<unsigned char>(line[at])) != 0;
  };
  return hex(0) && hex(1) && hex(3) && hex(4) && line[2] == ' ';
}

const Signature* find_signature(Bytes first) {
  const auto fits = [&](const Signature& signature) { return first.from(signature.at).starts_with(signature.bytes); };
  const Signature* found = std::find_if(std::begin(kSignatures), std::end(kSignatures), fits);
  if (found == std::end(kSignatures)) return !first.empty() && all_zero(first) ? &kAllZeros : nullptr;
  const bool office = found->kind == "a zip archive" &&
                      (contains(first.text(), "xl/") || contains(first.text(), "[Content_Types].xml"));
  return office ? &kWorkbook : found;
}

const TextKind* find_text_kind(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  text.remove_prefix(std::min(begin, text.size()));
  std::string lower(text.substr(0, 512));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (begins_with(lower, "version https://git-lfs.github.com/spec/")) return &kPointer;
  if (begins_with(lower, "/annex/objects/") || begins_with(lower, ".git/annex/objects/")) return &kAnnexPointer;
  if (contains(lower, "<pdml") || contains(lower, "<psml")) return &kPdml;
  if (begins_with(lower, "<!doctype html") || begins_with(lower, "<html")) return &kWebPage;
  if (begins_with(lower, "<")) return &kXml;
  if (begins_with(lower, "{") || begins_with(lower, "[")) return &kJson;
  const std::string_view line = text.substr(0, text.find('\n'));
  if (is_tcpdump_line(line)) return &kTcpdump;
  if (is_hex_dump(line)) return &kHexDump;
  if (begins_with(line, "No. ") && contains(line, " Time ") && contains(line, " Source ")) return &kPlainText;
  return nullptr;
}

}  // namespace

std::string_view binary_kind(Bytes first) {
  const Signature* found = find_signature(first);
  return found == nullptr ? std::string_view() : found->kind;
}

std::string_view text_kind(std::string_view text) {
  const TextKind* found = find_text_kind(text);
  return found == nullptr ? std::string_view() : found->kind;
}

std::string advice_for(Bytes first) {
  if (const Signature* found = find_signature(first)) {
    const bool archive = !found->advice.empty() && found->advice.back() != '.';
    return std::string(found->advice).append(archive ? kOpenInside : std::string_view());
  }
  const TextKind* text = find_text_kind(first.text());
  return std::string(text == nullptr ? std::string_view() : text->advice);
}

}  // namespace tracedrop::capture
