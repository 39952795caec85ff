using CsCheck;

namespace MfaPlan.Engine.Tests;

public sealed class ShuffleTests
{
    [Fact]
    public void Records_and_members_in_any_order_give_the_same_digest_and_bytes() =>
        Gen.Shuffle(Enumerable.Range(0, 12).ToArray()).Sample(
            static order =>
            {
                var straight = new World(users: 12);
                var shuffled = new World(users: 12);
                shuffled.Source = shuffled.Source with { Users = [.. order.Select(i => straight.Source.Users[i])] };
                var group = shuffled.Tenant.Groups.Keys.Single();
                var members = shuffled.Tenant.Groups[group];
                shuffled.Tenant.Groups[group] = [.. order.Select(i => members[i])];

                var one = straight.PreviewAsync().GetAwaiter().GetResult();
                var two = shuffled.PreviewAsync().GetAwaiter().GetResult();

                return one.Digest == two.Digest
                    && straight.State.ChangeSet(one.Digest).AsSpan().SequenceEqual(shuffled.State.ChangeSet(two.Digest));
            },
            iter: 50);
}
