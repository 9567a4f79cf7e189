package dev.coffer.server.state;

import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The state's database and the clock, as the other parts know them. */
@Configuration(proxyBeanMethods = false)
class StateConfiguration {
  @Bean
  DataSource state(OpeningState opening) {
    return opening.await();
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }
}
