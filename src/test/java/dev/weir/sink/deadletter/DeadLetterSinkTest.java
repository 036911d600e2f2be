package dev.weir.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterSinkTest {

    /** Kafka's producer refuses to start if {@code delivery.timeout.ms} is less than the linger and {@code request.timeout.ms}. */
    @ParameterizedTest
    @CsvSource({
        ",, 500",
        ", 60000, 500",
        "120000,, 500",
        "30100,, 100",
        "5000, 4800, 200",
        "5000, 5000, 0",
        "5000, 6000, 0"
    })
    void theLingerLeavesRoomForTimeoutsThatTheUserHasSet(String delivery, String request, long lingerMillis) {
        Properties clients = new Properties();
        if (delivery != null) {
            clients.setProperty("delivery.timeout.ms", delivery);
        }
        if (request != null) {
            clients.setProperty("request.timeout.ms", request);
        }

        assertThat(DeadLetterSink.lingerMillis(clients)).isEqualTo(lingerMillis);
    }
}
