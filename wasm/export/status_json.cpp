#include "export/status_json.h"

#include "capture/link_type.h"
#include "export/json.h"

namespace tracedrop::exporting {

namespace {

std::string_view kind_name(trace::SourceKind kind) {
  switch (kind) {
    case trace::SourceKind::pcap: return "pcap";
    case trace::SourceKind::pcapng: return "pcapng";
    case trace::SourceKind::csv: return "csv";
    case trace::SourceKind::none: break;
  }
  return "none";
}

std::string_view time_base_name(trace::TimeBase base) {
  switch (base) {
    case trace::TimeBase::relative: return "relative";
    case trace::TimeBase::of_day: return "of_day";
    case trace::TimeBase::absolute: break;
  }
  return "absolute";
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: break;
  }
  return "error";
}

void write_interfaces(Json& json, const trace::Trace& trace) {
  json.begin_array("interfaces");
  for (const capture::Interface& interface : trace.interfaces) {
    json.begin_object();
    json.text("link", capture::link_type_name(interface.link_type));
    json.text("name", interface.name);
    json.count("snapLen", interface.snap_len);
    json.end_object();
  }
  json.end_array();
}

void write_warnings(Json& json, const Warnings& warnings) {
  json.begin_array("warnings");
  for (const Warning& warning : warnings.list()) {
    json.begin_object();
    json.text("severity", severity_name(warning.severity));
    json.text("code", warning.code);
    json.text("text", warning.text);
    if (warning.offset == Warning::kNowhere) {
      json.null("offset");
    } else {
      json.count("offset", warning.offset);
    }
    json.count("count", warning.count);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string status_json(const trace::Trace& trace, const Reading& reading) {
  Json json;
  json.begin_object();
  json.text("state", reading.state);
  json.text("kind", kind_name(trace.kind));
  json.boolean("compressed", reading.compressed);
  json.text("failure", reading.failure);
  json.count("packets", trace.size());
  json.count("bytesRead", trace.bytes_read);
  json.text("timeBase", time_base_name(trace.time_base));
  json.begin_array("extraColumns");
  for (const std::string& name : trace.extra_columns) json.text(name);
  json.end_array();
  write_interfaces(json, trace);
  write_warnings(json, trace.warnings);
  json.count("memory", reading.memory);
  json.end_object();
  return json.take();
}

}  // namespace tracedrop::exporting
