package dev.weir.testing.pipeline;

import dev.weir.testing.KafkaBroker;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a static field, a {@link KafkaBroker} or a {@link PipelineRig}, that is set before the class's {@code @BeforeAll} and needs no
 * closing. All classes share one server of each kind, so each test uses topics, groups and pipelines of names that no other test has.
 * PostgreSQL needs no field: see {@link dev.weir.testing.PostgresServer#shared}.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServerExtension.class)
public @interface Server {
    /** Whether the class gets a server of its own, because it measures one or stops it. It ends with the class. */
    boolean own() default false;

    /** Settings of the broker, each {@code name=value}. A server with settings is the class's own. */
    String[] settings() default {};
}
