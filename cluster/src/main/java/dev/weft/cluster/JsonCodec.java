package dev.weft.cluster;

import java.io.IOException;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/** JSON of one class. Apart from {@link Codecs}, which must load without Jackson. */
final class JsonCodec<T> implements Codec<T> {

    /**
     * A value is decoded as it was, or not at all: Jackson would shift times to UTC, cut 1.5 to 1, and take a constant
     * for another one that has the same text.
     */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
            .polymorphicTypeValidator(new NoClassNames())
            .build();

    private final String name;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonCodec(Class<T> type) {
        name = "JSON of " + Objects.requireNonNull(type, "type").getTypeName();
        reader = MAPPER.readerFor(type);
        writer = MAPPER.writerFor(type);
    }

    @Override
    public byte[] encode(T value) throws IOException {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    @Override
    public T decode(byte[] bytes) throws IOException {
        try {
            return reader.readValue(bytes);
        } catch (JacksonException e) {
            throw failed(e);
        }
    }

    private IOException failed(JacksonException e) {
        var path = e.getPathReference();
        return new IOException(name + ": " + e.getOriginalMessage() + (path.isEmpty() ? "" : " (at " + path + ")"), e);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A type may ask for the name of its class in the JSON, by an annotation. The sender would choose the class. */
    private static final class NoClassNames extends PolymorphicTypeValidator.Base {

        private static final long serialVersionUID = 1L;

        @Override
        public Validity validateBaseType(DatabindContext context, JavaType base) {
            return Validity.DENIED;
        }
    }
}
