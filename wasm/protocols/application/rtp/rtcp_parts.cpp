#include "protocols/application/rtp/rtcp_parts.h"

#include <cstdio>
#include <cstdlib>

#include "protocols/application/rtp/rtcp_fields.h"

namespace tracedrop::dissect::rtcp {

namespace {

/// Nanoseconds since 1970 of a timestamp of NTP (RFC 5905, section 6).
uint64_t since_1970(uint32_t seconds, uint32_t fraction) {
  constexpr int64_t kFrom1900 = 2'208'988'800, kSecond = 1'000'000'000, kEra = int64_t{1} << 32;
  int64_t since = int64_t{seconds} - kFrom1900;
  if ((seconds & 0x80000000) == 0) since += kEra;
  return static_cast<uint64_t>(since * kSecond + static_cast<int64_t>(uint64_t{fraction} * kSecond >> 32));
}

void read_source(Layer& in, uint32_t number) {
  const auto source = in.part_line("Source ", number);
  in(f.identifier);
  {
    const auto contents = in.group_line(in.at(), 20, "SSRC contents");
    in(f.fraction);
    in.append(" / 256");
    in(f.lost);
  }
  const size_t at = in.at();
  const uint32_t highest = in(f.highest);
  {
    const auto below = in.below();
    in.add(f.highest_cycles, highest >> 16, at, 2);
    in.add(f.highest_number, highest & 0xFFFF, at + 2, 2);
  }
  in(f.jitter);
  in(f.last_report);
  const uint32_t delay = in(f.since_report);
  in.append(" (", uint64_t{delay} * 1000 >> 16, " milliseconds)");
}

/// The packet claims more than there is: what comes last in it cannot be read.
bool is_cut(const Layer& in) { return (size_t{in.all().be16(2)} + 1) * 4 > in.all().wire_size(); }

bool is_text(std::string_view text) {
  for (const char c : text)
    if (c < 0x20 || c > 0x7E) return false;
  return true;
}

void read_item(Layer& in) {
  constexpr uint32_t kPrivate = 8;
  const uint32_t type = in(f.item_type);
  if (type == 0) return;
  size_t length = in(f.item_length);
  if (type == kPrivate && length > 0) {
    const uint32_t prefix = in(f.prefix_length);
    in.text(f.prefix, prefix);
    length -= std::min<size_t>(length, prefix + size_t{1});
  }
  if (length > 0) in.text(f.item_text, length);
}

void read_chunk(Layer& in, uint32_t number) {
  const size_t begin = in.at();
  const auto chunk = in.part_line("Chunk ", number, ", SSRC/CSRC ", Hex{in.all().be32(begin), 1});
  in(f.identifier);
  bool is_ended = false;
  {
    const auto items = in.part_line("SDES items");
    while (in.ok() && in.left() > 0 && !is_ended) {
      is_ended = in.rest().u8(0) == 0;
      read_item(in);
    }
  }
  // Chunks end at a word.
  if (in.ok()) in.seek(std::min(in.all().size(), begin + ((in.at() - begin + 3) & ~size_t{3})));
}

/// Lost packets by number and the sixteen that follow it (RFC 4585, section 6.2.1).
void read_nack(Layer& in) {
  const uint32_t first = in(f.nack);
  const size_t at = in.at();
  const uint32_t more = in(f.nack_bits);
  if (in.tree() == nullptr || !in.ok()) return;
  uint32_t count = 1;
  if (more == 0) in.append(" (No additional frames lost)");
  if (more != 0) {
    in.append(" (Frames");
    for (uint32_t bit = 0; bit < 16; ++bit)
      if ((more >> bit & 1) != 0) in.append(' ', (first + bit + 1) & 0xFFFF);
    in.append(" lost)");
  }
  const auto below = in.below();
  for (uint32_t bit = 0; bit < 16; ++bit) {
    if ((more >> bit & 1) == 0) continue;
    ++count;
    in.add(f.nack, (first + bit + 1) & 0xFFFF, at, 2);
    in.replace("Frame ", (first + bit + 1) & 0xFFFF, " also lost");
  }
  in.append_title(": NACK: ", count, " frames lost");
}

void read_rate(Layer& in, std::string_view kind, uint32_t number) {
  const auto block = in.part_line(kind, ' ', number);
  in(f.rate_source);
  const size_t at = in.at();
  const uint32_t exponent = in.all().u8(at) >> 2, mantissa = in.all().be24(at) >> 1 & 0x1FFFF;
  in.add(f.rate_exponent, exponent, at, 1);
  in.add(f.rate_mantissa, mantissa, at, 3);
  std::string text;
  append(text, mantissa, "*2^", exponent);
  in.add_text(f.rate, text, at, 3);
  in.skip(4);
}

/// draft-holmer-rmcat-transport-wide-cc-extensions-01: which packets arrived, and when.
class Arrivals {
 public:
  explicit Arrivals(Layer& in) : in_(in) {}

  void read() {
    const auto part = in_.part_line("Transport-cc");
    base_ = in_(f.base_sequence);
    const uint32_t count = in_(f.status_count);
    in_(f.reference_time);
    in_(f.feedback_count);
    if (!in_.ok()) return;
    {
      const auto chunks = in_.group_line(in_.at(), 0, "Packet Chunks");
      while (statuses_.size() < count && in_.ok()) read_chunk(count);
    }
    if (!in_.ok()) return;
    const auto deltas = in_.group_line(in_.at(), 0, "Recv Delta");
    for (size_t i = 0; i < statuses_.size() && in_.ok(); ++i) read_delta(i);
    const size_t rest = in_.left();
    if (!in_.ok() || rest == 0) return;
    in_.add(f.delta_padding, 0, in_.at(), rest);
    in_.replace("Recv Delta Padding: 0x0000");
    in_.skip(rest);
  }

 private:
  enum Status : uint8_t { kMissing, kSmall, kLarge, kReserved };

  void read_chunk(uint32_t count) {
    const uint32_t chunk = in_(f.chunk);
    if (!in_.ok()) return;
    const auto add = [&](uint32_t status) {
      if (statuses_.size() < count) statuses_.push_back(static_cast<Status>(status));
    };
    if ((chunk & 0x8000) == 0) {
      constexpr std::string_view kNames[] = {"Packet not received", "Small Delta", "Large or Negative Delta",
                                             "Small Delta"};
      const uint32_t status = chunk >> 13 & 3, length = chunk & 0x1FFF;
      in_.append(" [Run Length Chunk] ", kNames[status], ". Length : ", length);
      for (uint32_t i = 0; i < length && statuses_.size() < count; ++i) add(status);
      if (length == 0) in_.malformed();
    } else if ((chunk & 0x4000) == 0) {
      in_.append(" [1 bit Status Vector Chunk]: |");
      for (uint32_t bit = 14; bit-- > 0;) {
        in_.append((chunk >> bit & 1) != 0 ? " R |" : " N |");
        add(chunk >> bit & 1);
      }
    } else {
      constexpr std::string_view kShort[] = {" NR |", " SD |", " LD |", " WO |"};
      in_.append(" [2 bits Status Vector Chunk]: |");
      for (uint32_t place = 7; place-- > 0;) {
        in_.append(kShort[chunk >> 2 * place & 3]);
        add(chunk >> 2 * place & 3);
      }
    }
  }

  void read_delta(size_t i) {
    if (statuses_[i] == kMissing) return;
    const uint32_t sequence = (base_ + static_cast<uint32_t>(i)) & 0xFFFF;
    const bool is_large = statuses_[i] == kLarge;
    const uint32_t raw = in_(is_large ? f.large_delta : f.delta);
    if (in_.tree() == nullptr || !in_.ok()) return;
    const int32_t quarters = is_large ? static_cast<int16_t>(raw) : static_cast<int32_t>(raw);
    std::string time;
    append(time, quarters < 0 ? "-" : "", std::abs(quarters) / 4, '.');
    append_padded(time, static_cast<uint64_t>(std::abs(quarters) % 4) * 250000, 6);
    in_.append(quarters < 0 ? " Negative"
               : is_large   ? " Large"
                            : " Small",
               " Delta: [seq: ", sequence, "] ", time, " ms");
  }

  Layer& in_;
  uint32_t base_ = 0;
  std::vector<Status> statuses_;
};

/// RFC 8888, section 3.1: which packets of each stream arrived, and when.
void read_congestion_stream(Layer& in) {
  const uint32_t source = in.rest().be32(0);
  const auto stream = in.group_line(in.at(), 0, "Media Source Stream: ", Hex{source, 1}, " (", source, ')');
  in(f.media_source);
  in(f.congestion_first);
  const uint32_t count = in(f.congestion_count);
  if (!in.ok()) return;
  const auto blocks = in.group_line(in.at(), 0, "Metric Blocks");
  in.generated();
  for (uint32_t i = 0; i < count && in.ok(); ++i) {
    const uint32_t block = in.rest().be16(0);
    char ms[32];
    std::snprintf(ms, sizeof ms, "%f", (block & 0x1FFF) * 1000.0 / 1024);
    const auto metric = in.group_line(in.at(), 0, "Metric Block (R:", block >> 15, ", ECN:", block >> 13 & 3,
                                      ", ATO:", static_cast<const char*>(ms), " ms)");
    in.bits(f.congestion_received, f.congestion_mark, f.congestion_offset);
    in.append(" (", static_cast<const char*>(ms), " ms)");
  }
  if (in.ok() && count % 2 != 0) in(f.congestion_padding);
}

void read_congestion(Layer& in) {
  constexpr size_t kTimestamp = 4;
  {
    const auto all = in.group_line(in.at(), 0, "Feedback Control Information (FCI)");
    in.generated();
    while (in.ok() && in.left() > kTimestamp) read_congestion_stream(in);
  }
  if (in.ok()) in(f.congestion_timestamp);
}

void read_remb(Layer& in) {
  constexpr size_t kShown = 8;
  const auto block = in.group_line(in.at(), kShown, "REMB 0");
  in.text(f.remb, 4);
  const uint32_t count = in(f.remb_sources);
  const size_t at = in.at();
  const uint32_t exponent = in.all().u8(at) >> 2, mantissa = in.all().be24(at) & 0x3FFFF;
  in.add(f.remb_exponent, exponent, at, 1);
  in.add(f.remb_mantissa, mantissa, at, 3);
  const uint64_t rate = uint64_t{mantissa} << exponent;
  in.add(f.remb_rate, rate, at, 3);
  in.skip(3);
  for (uint32_t i = 0; i < count && in.ok(); ++i) in(f.remb_source);
  in.append_title(": REMB: max bitrate=", rate);
}

void read_slice(Layer& in, uint32_t number) {
  const auto block = in.part_line("SLI ", number);
  in.bits(f.slice_first, f.slice_number, f.slice_picture);
}

void read_intra_request(Layer& in, uint32_t number) {
  const auto block = in.part_line("FIR ", number);
  in(f.intra_source);
  in(f.intra_sequence);
  in(f.intra_reserved);
}

// ---- extended reports ----

void read_ranges(Layer& in, size_t end) {
  in(f.identifier);
  in(f.first_number);
  in(f.last_number);
  in.seek(std::min(end, in.all().size()));
}

void read_answers(Layer& in, size_t end) {
  for (uint32_t number = 1; in.at() < end && in.ok(); ++number) {
    const auto source = in.part_line("Source ", number);
    in(f.identifier);
    in(f.last_receiver);
    in(f.since_receiver);
  }
}

void read_statistics(Layer& in) {
  in(f.identifier);
  for (const Field* field :
       {&f.first_number, &f.last_number, &f.lost_packets, &f.duplicates, &f.least_jitter, &f.most_jitter,
        &f.mean_jitter, &f.jitter_deviation, &f.least_hops, &f.most_hops, &f.mean_hops, &f.hops_deviation})
    in(*field);
}

void read_voice(Layer& in) {
  in(f.identifier);
  in(f.fraction);
  in.append(" / 256");
  in(f.discarded);
  in.append(" / 256");
  for (const Field* field : {&f.burst_density, &f.gap_density, &f.burst_duration, &f.gap_duration, &f.round_trip,
                             &f.end_system, &f.signal_level, &f.noise_level, &f.echo_loss, &f.gap_minimum, &f.r_factor,
                             &f.external_r_factor, &f.listening, &f.conversational})
    in(*field);
  in.bits(f.concealment, f.buffer, f.buffer_rate);
  in.skip(1);
  for (const Field* field : {&f.buffer_nominal, &f.buffer_most, &f.buffer_absolute}) in(*field);
}

void read_block(Layer& in, uint32_t number) {
  constexpr uint32_t kLoss = 1, kDuplicates = 2, kReceipts = 3, kTime = 4, kAnswers = 5, kStatistics = 6, kVoice = 7;
  const size_t size = (size_t{in.rest().be16(2)} + 1) * 4, left = in.left();
  const auto block = in.group_line(in.at(), std::min(size, left), "Block ", number);
  const uint32_t line = block.line();
  const uint32_t type = in(f.block_type);
  if (type == kStatistics) {
    in.bits(f.has_losses, f.has_duplicates, f.has_jitter, f.hops);
  } else if (type >= kLoss && type <= kReceipts) {
    in(f.block_thinning);
  } else {
    in(f.block_specific);
  }
  in(f.block_length);
  in.append(" (", size - 4, " bytes)");
  if (!in.ok()) return;
  if (size > left) {
    if (in.tree() != nullptr) {
      in.tree()->set_last(line);
      in.expert(f.block_invalid, Severity::warning, ExpertGroup::protocol, f.block_invalid.title);
    }
    in.line(in.at(), in.left(), "Contents");
    // As in Wireshark, whose sixteen bits of what is left may begin anew: then it reads on, beyond the end.
    if (static_cast<int16_t>(left - size) > 0) return in.malformed();
    return in.seek(in.at() + size - 4);
  }
  const size_t end = in.at() + size - 4;
  const auto contents = in.group_line(in.at(), size - 4, "Contents");
  if (type == kTime && size >= 12) {
    const size_t at = in.at();
    in.add(f.receiver_time, since_1970(in.all().be32(at), in.all().be32(at + 4)), at, 8);
  } else if (type == kAnswers) {
    read_answers(in, end);
  } else if (type == kStatistics) {
    read_statistics(in);
  } else if (type == kVoice) {
    read_voice(in);
  } else if (type == kLoss || type == kDuplicates || type == kReceipts) {
    read_ranges(in, end);
  }
  if (in.ok()) in.seek(end);
}

}  // namespace

void read_report(Layer& in, uint32_t count, bool is_sender) {
  in(f.sender);
  if (is_sender) {
    const uint32_t seconds = in(f.ntp_seconds);
    const uint32_t fraction = in(f.ntp_fraction);
    if (in.ok()) in.note(f.ntp, since_1970(seconds, fraction), 8);
    in(f.rtp_timestamp);
    in(f.packets);
    in(f.octets);
  }
  for (uint32_t number = 1; number <= count && in.ok() && in.left() > 0; ++number) read_source(in, number);
  if (in.ok() && in.left() > 0) in.context().append_info("(PSE:Unknown ) ");
}

void read_description(Layer& in, uint32_t count) {
  for (uint32_t number = 1; number <= count && in.ok(); ++number) read_chunk(in, number);
}

void read_goodbye(Layer& in, uint32_t count) {
  for (uint32_t i = 0; i < count && in.ok() && in.left() > 0; ++i) in(f.identifier);
  if (!in.ok() || in.left() == 0) return;
  const uint32_t length = in(f.item_length);
  in.text(f.item_text, std::min<size_t>(length, in.left()));
}

void read_application(Layer& in, uint32_t subtype) {
  in(f.identifier);
  const std::string_view name = in.rest().first(4).text();
  const size_t at = in.at();
  in.skip(4);
  if (!in.ok()) return;
  if (is_text(name)) {
    in.add_text(f.name, name, at, 4);
    in.context().append_info("( ", name, " ) subtype=", subtype);
  } else {
    in.line(at, 4, f.not_text.title);
    in.expert(f.not_text, Severity::error, ExpertGroup::protocol, f.not_text.title);
    in.context().append_info("subtype=", subtype);
  }
  if (is_cut(in)) return in.malformed();
  const std::string_view data = in.rest().text();
  if (data.empty()) return;
  is_text(data) ? in.text(f.data_text, data.size()) : in.bytes(f.data, data.size()).text();
}

void read_audio_video(Layer& in) {
  in(f.identifier);
  in.text(f.name, 4);
  in(f.timebase);
}

void read_transport_feedback(Layer& in, uint32_t format) {
  constexpr uint32_t kNack = 1, kRequest = 3, kNotification = 4, kCongestion = 11, kArrivals = 15;
  in(f.sender);
  if (format == kCongestion) return read_congestion(in);
  in(f.media_source);
  if (!in.ok() || in.left() == 0) return;
  if (format == kNack) {
    while (in.ok() && in.left() >= 4) read_nack(in);
  } else if (format == kRequest || format == kNotification) {
    read_rate(in, format == kRequest ? "TMMBR" : "TMMBN", 1);
    in.malformed();  // as Wireshark says of every one
  } else if (format == kArrivals) {
    Arrivals(in).read();
  } else if (is_cut(in)) {
    in.malformed();
  } else {
    in.bytes(f.feedback, in.left());
    if (!name_of(kTransportFormats, format).empty() || format == 2)
      in.expert(f.not_implemented, Severity::warning, ExpertGroup::undecoded, f.not_implemented.title);
  }
}

void read_payload_feedback(Layer& in, uint32_t format) {
  constexpr uint32_t kSlice = 2, kIntra = 4, kApplication = 15;
  const std::string_view name = name_of(kPayloadShort, format);
  in.context().append_info(name.empty() ? std::string_view("Unknown") : name, "  ");
  in(f.sender);
  in(f.media_source);
  in.append(' ');
  if (!in.ok()) return;
  uint32_t number = 1;
  if (format == kSlice) {
    while (in.ok() && in.left() >= 4) read_slice(in, number++);
  } else if (format == kIntra) {
    while (in.ok() && in.left() >= 8) read_intra_request(in, number++);
  } else if (format == kApplication && in.rest().starts_with("REMB")) {
    read_remb(in);
  } else if (in.left() > 0) {
    in.bytes(f.feedback, in.left());
  }
}

void read_extended_report(Layer& in) {
  in(f.sender);
  for (uint32_t number = 1; in.ok() && in.at() < in.all().size() && in.left() >= 4; ++number) read_block(in, number);
}

}  // namespace tracedrop::dissect::rtcp
