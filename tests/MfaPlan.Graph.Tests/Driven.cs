using Microsoft.Extensions.Time.Testing;

namespace MfaPlan.Graph.Tests;

/// <summary>Runs what waits on a fake clock.</summary>
internal static class Driven
{
    /// <summary>Moves the clock until the task ends; fails after a day of it.</summary>
    public static async Task<T> RunAsync<T>(this FakeTimeProvider time, Task<T> task, TimeSpan? step = null)
    {
        var end = time.GetUtcNow().AddDays(1);
        while (!await IsDoneAsync(task))
        {
            (time.GetUtcNow() < end).ShouldBeTrue("It waits for ever.");
            time.Advance(step ?? TimeSpan.FromMilliseconds(100));
        }

        return await task;
    }

    /// <summary>Lets everything run that does not wait for the clock.</summary>
    public static async Task<bool> IsDoneAsync(Task task)
    {
        for (var turn = 0; turn < 20 && !task.IsCompleted; turn++)
        {
            await Task.Yield();
            if (turn == 10)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }

        return task.IsCompleted;
    }

    public static async Task<List<T>> ListAsync<T>(this IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
