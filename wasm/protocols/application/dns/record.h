// What the files that read records' data share.
#pragma once

#include "protocols/application/dns/dns.h"

namespace tracedrop::dissect::dns {

// Each appends to Info, after a blank, and to the record's summary in the tree, after `label`, as long as the record is
// sound.
void describe(Record& record, std::string_view label, std::string_view text);
void describe(Record& record, std::string_view label, uint32_t number);
void describe(Record& record, std::string_view label, const Address& address);

/// What is left of the record's data; a record that has ended before is malformed.
size_t left(Record& record);
/// The rest; no line when nothing is left.
void rest(Record& record, const Field& field);

/// The same of text from the packet.
void describe_text(Record& record, std::string_view label, std::string_view text);

/// ASCII as Wireshark takes it: up to a zero byte, and what is no ASCII is U+FFFD.
std::string ascii(std::string_view raw);
/// Such a text of so many bytes.
std::string text_of(Record& record, const Field& field, size_t length);
/// A <character-string>: length (1) and bytes.
std::string character_string(Record& record, const Field& length, const Field& text);
/// A name, which Info shows.
void name_only(Record& record, std::string_view label, const Field& field);
/// A number (2) and a name; neither has a line unless both are there.
Name numbered_name(Record& record, const Field& number_field, const Field& name_field);
/// A number (2) of a resource record type.
void type_of(Record& record, const Field& field);

/// Reads as long as there are data; a list that ends behind them is malformed.
template <typename Read>
void until_end(Record& record, Read&& read) {
  while (record.in.ok() && record.in.at() < record.end) read();
  if (record.in.ok() && record.in.at() != record.end) record.in.malformed();
}

/// The certificates of DNSCrypt, which TXT records of a name of their own hold; false for another name.
bool dissect_dnscrypt(Record& record);
/// Keys, signatures and what they prove; false for another type.
bool dissect_security(Record& record);
/// DNSSEC's; false for another type.
bool dissect_dnssec(Record& record);
/// The types that a name has (RFC 4034, section 4.1.2), until the data end.
void type_bitmaps(Record& record);
/// Types that are seldom seen; false for another type.
bool dissect_rare(Record& record);

}  // namespace tracedrop::dissect::dns
