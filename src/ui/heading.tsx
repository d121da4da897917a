import type { FC, PropsWithChildren } from 'hono/jsx'

export type Level = 1 | 2 | 3

/** A heading of the level that its place on the page asks for. */
export const Heading: FC<PropsWithChildren<{ level: Level; class?: string }>> = ({
  level,
  children,
  ...rest
}) => {
  if (level === 1) return <h1 {...rest}>{children}</h1>
  return level === 2 ? <h2 {...rest}>{children}</h2> : <h3 {...rest}>{children}</h3>
}
