package dev.coffer.server.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;

/**
 * A page of a list, as programs see it.
 *
 * @param total how many there are on all pages
 * @param page from 1
 */
public record ListAnswer<T>(
    List<T> items,
    @Schema(example = "1") long total,
    @Schema(example = "1") int page,
    @Schema(example = "1") int pages) {
  private static final int DEFAULT_SIZE = 25;
  private static final int MOST = 200;

  public ListAnswer {
    items = List.copyOf(items);
  }

  /**
   * Which part of a list is wanted; what is out of bounds is taken as the nearest that is not.
   *
   * @param size items on a page
   */
  public record Part(int page, int size) {
    public static final String FIRST = "1";
    public static final String USUAL = "" + DEFAULT_SIZE;

    public Part {
      page = Math.max(1, page);
      size = Math.clamp(size, 1, MOST);
    }

    /** The same, or the last page of {@code total} items where it is beyond that. */
    public Part within(long total) {
      return new Part((int) Math.min(page, pages(total)), size);
    }

    public int offset() {
      return (page - 1) * size;
    }

    private long pages(long total) {
      return Math.max(1, (total + size - 1) / size);
    }
  }

  /** A part that was cut out already. */
  public static <T> ListAnswer<T> of(List<T> items, long total, Part part) {
    return new ListAnswer<>(items, total, part.page(), (int) part.pages(total));
  }

  /** Cuts a part out of all. */
  public static <S, T> ListAnswer<T> cut(List<S> all, Part wanted, Function<S, T> form) {
    Part part = wanted.within(all.size());
    return of(
        all.stream().skip(part.offset()).limit(part.size()).map(form).toList(), all.size(), part);
  }
}
