package dev.weir.core.decode;

import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Knows the writers' schemas by the ids that stand in front of bodies. */
@FunctionalInterface
public interface AvroSchemas {

    /**
     * Returns a schema. Equal ids have the same schema for ever.
     *
     * @throws MalformedEventException if there is no such schema, or none that can be used
     * @throws NotNowException if this cannot be known now
     */
    Schema schema(long id) throws MalformedEventException;

    /**
     * Returns the last of some schemas. Nothing that they name is loaded as a class.
     *
     * @param texts each after those that it refers to
     * @throws IllegalArgumentException if one is no Avro schema; the message says why
     */
    static Schema parse(List<String> texts) {
        // Names are not validated: those who write bodies have accepted them, and pointers compare them as they are.
        Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
        parser.setValidateDefaults(false);
        Schema last = null;
        for (String text : texts) {
            try {
                last = parser.parse(text);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(Details.clip(String.valueOf(e.getMessage()), 160), e);
            }
        }
        return last;
    }
}
