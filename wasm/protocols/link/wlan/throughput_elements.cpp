// Elements of IEEE 802.11n (section 9.4.2.54 and 56) and 802.11ac (9.4.2.156 and 157): what a station can do, and
// what its network does. All of them are words of bits.
#include "protocols/link/wlan/elements.h"
#include "protocols/link/wlan/wlan.h"

namespace tracedrop::dissect::wlan {

namespace {

constexpr auto& t = f.throughput;

void read_word(Layer& in, const Field& word, const Field& first, const Field& last) {
  const uint64_t value = in.wide(word);
  const auto below = in.below();
  add_bits(in, first, last, value, word.format.width);
}

std::string_view streams(Bytes set) {
  constexpr std::string_view kStreams[] = {"1 spatial stream", "2 spatial streams", "3 spatial streams",
                                           "4 spatial streams"};
  for (size_t i = std::size(kStreams); i-- > 0;)
    if (set.u8(i) != 0) return kStreams[i];
  return "Reserved:8";
}

void read_rates(Layer& in, std::string_view name) {
  constexpr size_t kRxBytes = 10;
  const Bytes set = in.rest();
  const size_t at = in.at();
  auto rates = in.part(t.mcs);
  rates.replace("Rx Supported Modulation and Coding Scheme Set: ", name);
  {
    auto received = in.part(t.mcs_rx);
    received.append(": ", streams(set));
    const auto add = [&](const Field& field, size_t where) {
      in.add(field, masked(field.format, in.all().le32(where)), where, 4);
    };
    for (const Field* field = &t.mcs_rx_0to7; field <= &t.mcs_rx_24to31; ++field) add(*field, at);
    for (const Field* field = &t.mcs_rx_32; field <= &t.mcs_rx_39to52; ++field) add(*field, at + 4);
    add(t.mcs_rx_53to76, at + 6);
    in.skip(kRxBytes);
  }
  in(t.mcs_highestdatarate);
  const uint8_t sent = in.all().u8(in.at());
  in.skip(1);
  for (const Field* field = &t.mcs_txsetdefined; field <= &t.mcs_txunequalmod; ++field) {
    in.note(*field, masked(field->format, sent), 1);
    if (field == &t.mcs_txmaxss) in.append(", ", (sent & 1) != 0 ? streams(set) : "TX MCS Set Not Defined");
  }
  in.skip(3);
}

}  // namespace

void read_ht_capabilities(Element& element) {
  constexpr size_t kBytes = 26;
  Layer& in = element.in;
  if (element.length < kBytes) return;
  read_word(in, t.ht, t.ht_ldpccoding, t.ht_info_reserved_b15);
  const uint32_t parameters = in(t.ampdu);
  if (in.tree() != nullptr) {
    const auto below = in.below();
    in.note(t.ampdu_maxlength, parameters & 3, 1);
    in.append(" (", (0x2000u << (parameters & 3)) - 1, "[Bytes])");
    add_bits(in, t.ampdu_mpdu_start_spacing, t.ampdu_reserved, parameters, 1);
  }
  read_rates(in, "MCS Set");
  read_word(in, t.htex, t.htex_reserved_b0_b7, t.htex_reserved_b12_b15);
  read_word(in, t.txbf, t.txbf_txbf, t.txbf_reserved);
  read_word(in, t.asel, t.asel_capable, t.asel_reserved);
}

void read_ht_operation(Element& element) {
  constexpr size_t kBytes = 22, kSetBytes = 16;
  Layer& in = element.in;
  if (element.length < kBytes) return;
  in(t.info_primarychannel);
  read_word(in, t.info_delim1, t.info_secchanoffset, t.info_reserved_b4_b7);
  read_word(in, t.info_delim2, t.info_ht_protection, t.info_reserved_b21_b23);
  read_word(in, t.info_delim3, t.info_reserved_b24_b29, t.info_reserved_b33_b39);
  if (element.all.kind == kAssociationResponse || element.all.kind == kReassociationResponse) {
    in.bytes(t.info_reserved_set, kSetBytes);
    return;
  }
  read_rates(in, "Basic MCS Set");
}

void read_vht_capabilities(Element& element) {
  constexpr size_t kBytes = 12;
  Layer& in = element.in;
  if (element.length != kBytes) return;
  read_word(in, t.vht, t.vht_maxmpdulength, t.vht_ext_nss_bw_support);
  auto set = in.part(t.vht_mcs);
  read_word(in, t.vht_rxmcsmap, t.vht_rxmcsmap_ss1, t.vht_rxmcsmap_ss8);
  in.bits(t.vht_mcs_rxhighestlonggirate, t.vht_mcs_max_nsts_total);
  read_word(in, t.vht_txmcsmap, t.vht_txmcsmap_ss1, t.vht_txmcsmap_ss8);
  in.bits(t.vht_mcs_txhighestlonggirate, t.vht_mcs_vht_ext_nss_bw_capable, t.vht_mcs_reserved);
}

void read_vht_operation(Element& element) {
  constexpr size_t kBytes = 5;
  Layer& in = element.in;
  if (element.length != kBytes) return;
  {
    auto operation = in.part(t.vht_op);
    in(t.vht_op_channelwidth);
    in(t.vht_op_channelcenter0);
    in(t.vht_op_channelcenter1);
  }
  read_word(in, t.vht_op_basicmcsmap, t.vht_basic_ss1, t.vht_basic_ss8);
}

void read_power_envelope(Element& element) {
  Layer& in = element.in;
  if (element.length < 2) return;
  const Field* const kPowers[] = {&t.tpe_pwr_constr_20, &t.tpe_pwr_constr_40, &t.tpe_pwr_constr_80,
                                  &t.tpe_pwr_constr_160};
  const uint32_t information = in(t.tpe_pwr_info);
  {
    const auto below = in.below();
    add_bits(in, t.tpe_pwr_info_count, t.tpe_pwr_info_category, information, 1);
  }
  for (size_t i = 0; i < std::size(kPowers) && i <= (information & 7) && in.ok() && in.at() < element.length; ++i) {
    const auto halves = static_cast<int8_t>(in(*kPowers[i]));
    in.replace(kPowers[i]->title, ": ", halves < 0 ? "-" : "", std::abs(halves) / 2, '.', halves % 2 != 0 ? 5 : 0,
               " dBm");
  }
}

}  // namespace tracedrop::dissect::wlan
