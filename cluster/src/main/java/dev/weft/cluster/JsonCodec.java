package dev.weft.cluster;

import java.io.IOException;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON of one class. Apart from {@link Codecs}, which must load without Jackson. */
final class JsonCodec<T> implements Codec<T> {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonCodec(Class<T> type) {
        reader = MAPPER.readerFor(Objects.requireNonNull(type, "type"));
        writer = MAPPER.writerFor(type);
    }

    @Override
    public byte[] encode(T value) throws IOException {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
    }

    @Override
    public T decode(byte[] bytes) throws IOException {
        try {
            return reader.readValue(bytes);
        } catch (JacksonException e) {
            throw new IOException(e.getOriginalMessage(), e);
        }
    }
}
