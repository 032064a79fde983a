// What the files that read records' data share.
#pragma once

#include "protocols/application/dns/dns.h"

namespace tracedrop::dissect::dns {

// Each appends to Info, after a blank, as long as the record is sound.
void describe(Record& record, std::string_view text);
void describe(Record& record, uint32_t number);
void describe_address(Record& record, const Address& address);

/// What is left of the record's data; a record that has ended before is malformed.
size_t left(Record& record);
void rest(Record& record, const Field& field);
/// Fixed parts that nothing is said about, then what is left.
void silent_rest(Record& record, size_t fixed);

/// As Wireshark takes texts: up to a zero byte.
std::string text_of(Record& record, const Field& field, size_t length);
/// A <character-string>: length (1) and bytes.
std::string character_string(Record& record, const Field& length, const Field& text);
/// A name, which Info shows.
void name_only(Record& record, const Field& field);

/// Reads as long as there are data; a list that ends behind them is malformed.
template <typename Read>
void until_end(Record& record, Read&& read) {
  while (record.in.ok() && record.in.at() < record.end) read();
  if (record.in.ok() && record.in.at() != record.end) record.in.malformed();
}

/// Keys, signatures and what they prove; false for another type.
bool dissect_security(Record& record);
/// Types that are seldom seen; false for another type.
bool dissect_rare(Record& record);

}  // namespace tracedrop::dissect::dns
