import { type Params, type View, withParams } from './view.ts'

/** Where the API gives the records of a filter as a file; the parameters are those of the lists. */
export const recordsFile = (v: View, format: 'csv' | 'json', params: Params = {}): string =>
  withParams(`/api/v1/records.${format}`, {
    ...params,
    ...(v.asOf === undefined ? {} : { as_of: v.asOf }),
    ...(format === 'json' ? { limit: '100' } : {}),
  })

export const recordFile = (id: string): string => `/api/v1/records/${id}.json`
