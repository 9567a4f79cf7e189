package dev.coffer.server.schedules.work;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What db-scheduler runs: one task, of which each schedule is an instance. */
@Configuration(proxyBeanMethods = false)
class TimetableConfiguration {

  @Bean
  CustomTask<Void> scheduledBackup(ObjectProvider<ScheduledRuns> runs) {
    return Tasks.custom("scheduled-backup", Void.class)
        .execute((instance, context) -> {
          Instant due = context.getExecution().executionTime;
          Optional<Instant> next = runs.getObject().run(UUID.fromString(instance.getId()), due);
          return (complete, operations) -> {
            if (next.isPresent()) {
              operations.reschedule(complete, next.get());
            } else {
              operations.remove();
            }
          };
        });
  }
}
