#include "exporters/prometheus/format/page_encoder.h"

#include "exporters/prometheus/format/protobuf_encoder.h"
#include "exporters/prometheus/format/text_encoder.h"

namespace wayside {

Selection selection_for(MetricsFormat format) {
  const bool protobuf = format == MetricsFormat::protobuf;
  Selection selection;
  selection.native = protobuf;
  selection.exemplars = protobuf || format == MetricsFormat::openmetrics;
  selection.proto_texts = protobuf;
  return selection;
}

bool encode_page(const SampleSource& source, const Selection& selection, MetricsFormat format,
                 std::string_view constant_labels,
                 const std::function<bool(std::string_view piece)>& sink) {
  const auto encode = [&](auto&& encoder) {
    source.visit(selection, encoder);
    encoder.finish();
    return !encoder.gone();
  };
  if (format == MetricsFormat::protobuf) return encode(ProtobufEncoder(constant_labels, sink));
  return encode(TextEncoder(format, constant_labels, sink));
}

}  // namespace wayside
